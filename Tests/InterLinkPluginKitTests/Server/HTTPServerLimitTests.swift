import Glibc
import InterLinkSystem
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// Slow, greedy and silent clients.
@Suite(.timeLimit(.minutes(15))) struct HTTPServerLimitTests {
    @Test func slowHeadersEndWithATimeout() async throws {
        var limits = HTTPLimits.patient
        limits.headTime = .milliseconds(100)
        try await ServerHarness.run(limits: limits) { harness in
            let slow = try await harness.connect()
            try await slow.send("GET / HTTP/1.1\r\nHost: x\r\n")
            let answer = try await slow.answer()
            #expect(answer.status == 408)
            #expect(await slow.isClosed())
            // A client that drips goes the same way: the time is for the whole header.
            let dripping = try await harness.connect()
            try await eventually("the dripping client is cut off") {
                (try? await dripping.send("a")) == nil || dripping.trySend([]) < 0
                    || harness.events.all.contains { if case .refused = $0 { true } else { false } }
            }
            #expect(try await harness.connect().get("/").status == 200)
        }
    }

    @Test func slowBodiesEndWithATimeoutEvenIfTheyDrip() async throws {
        var limits = HTTPLimits.patient
        limits.bodyTime = .milliseconds(150)
        try await ServerHarness.run(limits: limits) { harness in
            for isChunked in [false, true] {
                let client = try await harness.connect()
                let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: 1000000"
                try await client.send("POST / HTTP/1.1\r\nHost: x\r\n\(framing)\r\n\r\n")
                if isChunked { try await client.send("fffff\r\n") }
                let dripping = Task {
                    while client.trySend([65]) > 0 { try await Task.sleep(for: .milliseconds(10)) }
                }
                #expect(try await client.answer().status == 408)
                dripping.cancel()
            }
            try await eventually("the memory is given back") { harness.server.bodyBytes == 0 }
        }
    }

    @Test func silentConnectionsAreClosedAfterTheIdleTime() async throws {
        var limits = HTTPLimits.patient
        limits.idleTime = .milliseconds(80)
        try await ServerHarness.run(limits: limits) { harness in
            let never = try await harness.connect()
            let once = try await harness.connect()
            #expect(try await once.get("/").status == 200)
            #expect(await never.isClosed())
            #expect(await once.isClosed())
            try await eventually("the server has forgotten them") { harness.server.connectionCount == 0 }
        }
    }

    @Test func connectionsOutliveTheIdleTimeOfTheInterLinkServer() {
        #expect(HTTPLimits().idleTime > .seconds(120))
    }

    @Test(arguments: ["1073741824", "99999999999999999999999999"])
    func aHugeBodyIsRefusedBeforeItIsSent(length: String) async throws {
        try await ServerHarness.run { harness in
            let client = try await harness.connect()
            try await client.send(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.answer().status == 413)
            #expect(await client.isClosed())
            #expect(harness.server.bodyBytes == 0)
        }
    }

    @Test func aClientThatSendsAHugeBodyAllTheSameReadsTheRefusal() async throws {
        var limits = HTTPLimits.patient
        limits.body = 1000
        try await ServerHarness.run(limits: limits) { harness in
            for framing in ["Content-Length: 4000000", "Transfer-Encoding: chunked"] {
                let client = try await harness.connect()
                try await client.send("POST / HTTP/1.1\r\nHost: x\r\n\(framing)\r\n\r\n")
                if framing.contains("chunked") { try await client.send("f4240\r\n") }
                try await client.send([UInt8](repeating: 65, count: 1_000_000))
                #expect(try await client.answer().status == 413)
            }
            #expect(try await harness.connect().get("/").status == 200)
        }
    }

    @Test func allBodiesTogetherAreBounded() async throws {
        var limits = HTTPLimits.patient
        limits.allBodies = 100_000
        try await ServerHarness.run(limits: limits) { harness in
            let first = try await harness.connect()
            try await first.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n")
            try await first.send([UInt8](repeating: 65, count: 80000))
            try await eventually("most of the first body is there") { harness.server.bodyBytes == 80000 }
            let second = try await harness.connect()
            let refusal = try await second.post("/", body: [UInt8](repeating: 66, count: 30000))
            #expect(refusal.status == 503)
            #expect(refusal.headers["retry-after"] == "1")
            try await first.send([UInt8](repeating: 65, count: 10000))
            #expect(try await first.answer().status == 200)
            try await eventually("the memory is given back") { harness.server.bodyBytes == 0 }
            let third = try await harness.connect()
            #expect(try await third.post("/", body: [UInt8](repeating: 66, count: 30000)).status == 200)
        }
    }

    @Test func theMemoryOfABodyIsGivenBackWhenTheClientLeaves() async throws {
        try await ServerHarness.run { harness in
            let client = try await harness.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n" + "some of it")
            try await eventually("some of the body is there") { harness.server.bodyBytes == 10 }
            client.close()
            try await eventually("the connection is gone") { harness.server.connectionCount == 0 }
            #expect(harness.server.bodyBytes == 0)
        }
    }

    @Test func aClientThatReadsNothingIsLeftWithoutHoldingUpOthers() async throws {
        var limits = HTTPLimits.patient
        limits.writeTime = .milliseconds(100)
        let big = [UInt8](repeating: 65, count: 20 << 20)
        let handler = TestHandler(fromMemory: { request in
            request.path == "/big" ? HTTPResponse(body: .bytes(big)) : .text("small")
        })
        try await ServerHarness.run(handler, limits: limits) { harness in
            var deaf: [RawClient] = []
            for _ in 0..<4 {
                let client = try await harness.connect()
                try await client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
                deaf.append(client)
            }
            for _ in 0..<20 { #expect(try await harness.connect().get("/").text == "small\n") }
            try await eventually("the deaf clients are left") { harness.server.connectionCount == 0 }
            #expect(try await deaf[0].rest().utf8.count < big.count)
        }
    }

    @Test func clientsThatNeverPauseDoNotKeepTheLoopsToThemselves() async throws {
        try await ServerHarness.run { harness in
            let requests = Array(String(repeating: "GET / HTTP/1.1\r\nHost: x\r\n\r\n", count: 500).utf8)
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    let client = try await harness.connect()
                    group.addTask {
                        while !Task.isCancelled { try await client.send(requests) }
                    }
                    group.addTask {
                        while try await !client.take(1000).isEmpty, !Task.isCancelled {}
                    }
                }
                for _ in 0..<20 { #expect(try await harness.connect().get("/").status == 200) }
                group.cancelAll()
                while await group.nextResult() != nil {}
            }
        }
    }

    @Test func oneConnectionTooManyIsToldToComeBack() async throws {
        var limits = HTTPLimits.patient
        limits.connections = 3
        try await ServerHarness.run(limits: limits) { harness in
            var clients: [RawClient] = []
            for _ in 0..<3 {
                let client = try await harness.connect()
                #expect(try await client.get("/").status == 200)
                clients.append(client)
            }
            let extra = try await harness.connect()
            let refusal = try await extra.answer()
            #expect(refusal.status == 503)
            #expect(refusal.headers["retry-after"] == "1")
            #expect(await extra.isClosed())
            #expect(try await clients[0].get("/").status == 200)
            clients.removeLast().close()
            // As long as there is none, the answer can be lost with the connection that it came on.
            try await eventually("there is room again") { (try? await harness.connect().get("/").status) == 200 }
        }
    }

    @Test func manyIdleConnectionsLeaveRoomForTheNextRequest() async throws {
        // Client and server are one process here: two descriptors a connection, and some for the other tests.
        let count = min(10_000, (DescriptorLimit.current - 500) / 2)
        try #require(count > 100)
        try await ServerHarness.run { harness in
            let path = harness.directory.path("socket")
            let address = try #require(SocketAddress(path: path))
            var idle: [FileDescriptor] = []
            for _ in 0..<count {
                let client = FileDescriptor(
                    owning: socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
                try #require(address.withPointer { connect(client.rawValue, $0, $1) } == 0)
                idle.append(client)
            }
            try await eventually("all are accepted") { harness.server.connectionCount == count }
            let client = try await harness.connect()
            for _ in 0..<10 { #expect(try await client.get("/").status == 200) }
            idle.removeAll()
            try await eventually("they are gone") { harness.server.connectionCount == 1 }
            #expect(try await client.get("/").status == 200)
        }
    }
}
