import Glibc
import InterLinkSystem
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// How a server ends.
@Suite(.timeLimit(.minutes(15))) struct HTTPServerStopTests {
    @Test func requestsInHandFinishAndIdleConnectionsEnd() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Never.self)
        let handler = TestHandler(slowly: { _ in
            for await _ in gate {}
            return .text("finished")
        })
        try await ServerHarness.run(handler) { harness in
            let idle = try await harness.connect()
            let busy = try await harness.connect()
            try await busy.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            try await eventually("both are accepted") { harness.server.connectionCount == 2 }
            async let unfinished = harness.server.stop(within: .seconds(60))
            #expect(await idle.isClosed())
            await #expect(throws: SystemError.self) { _ = try await harness.connect() }
            open.finish()
            let answer = try await busy.answer()
            #expect(answer.text == "finished\n")
            #expect(answer.headers["connection"] == "close")
            busy.close()
            #expect(await unfinished == 0)
        }
    }

    @Test func whatDoesNotFinishInTimeIsBrokenOff() async throws {
        let wasCancelled = Lock(0)
        let handler = TestHandler(slowly: { request in
            if request.path == "/stream" {
                return HTTPResponse(
                    body: .stream { writer in
                        try await writer.write([1])
                        try await Task.sleep(for: .seconds(3600))
                    })
            }
            try? await Task.sleep(for: .seconds(3600))
            wasCancelled.withLock { $0 += 1 }
            return .text("late")
        })
        try await ServerHarness.run(handler) { harness in
            let waiting = try await harness.connect()
            try await waiting.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let streaming = try await harness.connect()
            try await streaming.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await streaming.head()
            _ = try await streaming.chunk()
            let halfway = try await harness.connect()
            try await halfway.send("GET / HTT")
            try await eventually("all are accepted") { harness.server.connectionCount == 3 }
            #expect(await harness.server.stop(within: .milliseconds(50)) == 3)
            #expect(harness.server.connectionCount == 0)
            #expect(wasCancelled.withLock { $0 } == 1)
            #expect(await halfway.isClosed())
            #expect(try await !streaming.rest().contains("0\r\n\r\n"))
        }
    }

    @Test func stoppingIsBoundedEvenIfAHandlerIgnoresCancellation() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Never.self)
        let handler = TestHandler(slowly: { _ in
            await Task.detached { for await _ in gate {} }.value
            return .text("late")
        })
        try await ServerHarness.run(handler) { harness in
            let client = try await harness.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            try await eventually("it is accepted") { harness.server.connectionCount == 1 }
            #expect(await harness.server.stop(within: .zero) == 1)
            open.finish()
            try await eventually("the handler has ended") { harness.server.connectionCount == 0 }
        }
    }

    @Test func whoWaitsToBeAcceptedStillGetsAnAnswer() async throws {
        try await ServerHarness.run { harness in
            var clients: [RawClient] = []
            for number in 0..<300 {
                let client = try await harness.connect()
                try await client.send("GET /\(number) HTTP/1.1\r\nHost: x\r\n\r\n")
                clients.append(client)
            }
            async let unfinished = harness.server.stop(within: .seconds(60))
            for (number, client) in clients.enumerated() {
                #expect(try await client.answer().text == "GET /\(number) - ")
                client.close()
            }
            #expect(await unfinished == 0)
        }
    }

    @Test func aSocketFileGoesWithItsServer() async throws {
        try await ServerHarness.run { harness in
            #expect(access(harness.directory.path("socket"), F_OK) == 0)
            await harness.server.stop(within: .zero)
            #expect(access(harness.directory.path("socket"), F_OK) != 0)
        }
    }
}
