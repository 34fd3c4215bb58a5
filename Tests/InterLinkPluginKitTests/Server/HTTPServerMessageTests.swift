import Glibc
import InterLinkSystem
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// Requests and answers as they cross the socket.
@Suite(.timeLimit(.minutes(15))) struct HTTPServerMessageTests {
    @Test func oneConnectionAnswersManyRequests() async throws {
        try await ServerHarness.run { harness in
            let client = try await harness.connect()
            for number in 0..<50 {
                let answer = try await client.get("/status?\(number)")
                #expect(answer.status == 200)
                #expect(answer.text == "GET /status \(number) ")
                #expect(answer.headers["connection"] == nil)
                #expect(answer.headers["date"]?.hasSuffix("GMT") == true)
            }
            #expect(harness.server.connectionCount == 1)
        }
    }

    @Test func onlyAnswersFromMemoryAreMadeOnTheLoop() async throws {
        let handler = TestHandler(
            fromMemory: { $0.path == "/memory" ? .text(threadName()) : nil },
            slowly: {
                $0.path == "/slow"
                    ? .text(threadName())
                    : HTTPResponse(
                        body: .stream { writer in
                            try await writer.write(Array(threadName().utf8))
                        })
            })
        try await ServerHarness.run(handler) { harness in
            let client = try await harness.connect()
            for _ in 0..<3 {
                #expect(try await client.get("/memory").text.hasPrefix("test-"))
                #expect(try await !client.get("/slow").text.hasPrefix("test-"))
                #expect(try await !client.get("/stream").text.hasPrefix("test-"))
            }
        }
    }

    @Test func aBodyOnGetIsRead() async throws {
        try await ServerHarness.run { harness in
            let client = try await harness.connect()
            try await client.send("GET /status HTTP/1.1\r\nHost: unix\r\nContent-Length: 2\r\n\r\n[]")
            #expect(try await client.answer().text == "GET /status - []")
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        var handler = TestHandler.echo
        handler.fromMemory = { $0.path == "/slow" ? nil : TestHandler.echo.fromMemory($0) }
        handler.slowly = { _ in
            try? await Task.sleep(for: .milliseconds(20))
            return .text("slow")
        }
        try await ServerHarness.run(handler) { harness in
            let client = try await harness.connect()
            var text = ""
            for number in 0..<200 {
                text += "POST /\(number) HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
                if number % 50 == 0 { text += "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n" }
            }
            try await client.send(text)
            for number in 0..<200 {
                #expect(try await client.answer().text == "POST /\(number) - abc")
                if number % 50 == 0 { #expect(try await client.answer().text == "slow\n") }
            }
        }
    }

    @Test func bytesMayArriveOneByOne() async throws {
        try await ServerHarness.run { harness in
            let client = try await harness.connect()
            for byte in Array(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n".utf8)
            {
                try await client.send([byte])
                await Task.yield()
            }
            #expect(try await client.answer().text == "POST / - ab")
        }
    }

    @Test(arguments: [0, 1, 4095, 4096, 4097, 100_000, 5_000_000])
    func bodiesOfAnySizeComeThroughBothWays(size: Int) async throws {
        let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let handler = TestHandler(slowly: { HTTPResponse(body: .bytes($0.body)) })
        try await ServerHarness.run(handler) { harness in
            let client = try await harness.connect()
            let whole = try await client.post("/", body: body)
            #expect(whole.body == body)
            var chunked = Array("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
            for start in stride(from: 0, to: size, by: 50_000) {
                let piece = body[start..<min(size, start + 50_000)]
                chunked += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Array("\r\n".utf8)
            }
            try await client.send(chunked + Array("0\r\n\r\n".utf8))
            #expect(try await client.answer().body == body)
            try await eventually("the memory is given back") { harness.server.bodyBytes == 0 }
        }
    }

    @Test func continueIsSentWhenItIsAwaited() async throws {
        try await ServerHarness.run { harness in
            let client = try await harness.connect()
            try await client.send(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.answer(hasBody: false).status == 100)
            try await client.send("hi")
            #expect(try await client.answer().text == "POST / - hi")
            try await client.send(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nhi")
            #expect(try await client.answer().text == "POST / - hi")
        }
    }

    @Test func headHasTheLengthButNoBody() async throws {
        try await ServerHarness.run { harness in
            let client = try await harness.connect()
            try await client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n")
            let head = try await client.answer(hasBody: false)
            #expect(head.headers["content-length"] == "10")
            #expect(try await client.answer().text == "GET /b - ")
        }
    }

    @Test func answersThatHaveNoBodySayNoLength() async throws {
        let handler = TestHandler(fromMemory: { _ in HTTPResponse(.noContent) })
        try await ServerHarness.run(handler) { harness in
            let client = try await harness.connect()
            for _ in 0..<2 {
                let answer = try await client.get("/")
                #expect(answer.status == 204)
                #expect(answer.headers["content-length"] == nil)
            }
        }
    }

    @Test(arguments: ["GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"])
    func theConnectionIsClosedWhenTheClientWantsIt(request: String) async throws {
        try await ServerHarness.run { harness in
            let client = try await harness.connect()
            try await client.send(request)
            let text = try await client.rest()
            #expect(text.contains("Connection: close\r\n"))
            #expect(text.hasSuffix("\r\n\r\nGET / - "))
        }
    }

    @Test func aClientThatHasFinishedSendingStillGetsItsAnswer() async throws {
        let handler = TestHandler(slowly: { _ in
            try? await Task.sleep(for: .milliseconds(20))
            return .text(Task.isCancelled ? "cancelled" : "done")
        })
        try await ServerHarness.run(handler) { harness in
            let client = try await harness.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            client.finishSending()
            #expect(try await client.rest().hasSuffix("done\n"))
        }
    }

    @Test func badRequestsGetAShortTextAndAClosedConnection() async throws {
        try await ServerHarness.run { harness in
            for (request, status) in HTTPRequestParserTests.bad {
                let client = try await harness.connect()
                try await client.send(request)
                let answer = try await client.answer()
                #expect(answer.status == status)
                #expect(answer.headers["connection"] == "close")
                #expect(answer.headers["content-type"] == "text/plain; charset=utf-8")
                #expect((5..<200).contains(answer.body.count))
                #expect(await client.isClosed())
            }
            for body in ChunkedDecoderTests.bad {
                let client = try await harness.connect()
                try await client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\(body)")
                #expect(try await client.answer().status == 400)
                #expect(await client.isClosed())
            }
            #expect(try await harness.connect().get("/").status == 200)
        }
    }

    @Test func lineBreaksInAnswersCannotMakeHeaderFields() async throws {
        let handler = TestHandler(fromMemory: { _ in HTTPResponse(headers: [("X", "a\r\nEvil: b")]) })
        try await ServerHarness.run(handler) { harness in
            let answer = try await harness.connect().get("/")
            #expect(answer.headers["x"] == "a  Evil: b")
            #expect(answer.headers["evil"] == nil)
        }
    }

    @Test func observersSeeEveryAnswerAndRefusal() async throws {
        try await ServerHarness.run { harness in
            let client = try await harness.connect()
            _ = try await client.post("/x", body: [1, 2, 3])
            try await client.send("nonsense\r\n")
            _ = try await client.rest()
            client.close()
            try await eventually("the connection is closed") { harness.events.all.count == 4 }
            let events = harness.events.all
            guard case .connectionOpened = events[0],
                case .answered(.post, path: "/x", .ok, time: let time, received: 3) = events[1],
                case .refused(let fault) = events[2], case .connectionClosed = events[3]
            else {
                Issue.record("\(events)")
                return
            }
            #expect(time > .zero)
            #expect(fault.status == .badRequest)
        }
    }
}

/// The name of the thread that runs the caller.
private func threadName() -> String {
    let file = FileDescriptor(owning: open("/proc/thread-self/comm", O_RDONLY | O_CLOEXEC))
    var name = [UInt8](repeating: 0, count: 16)
    let count = read(file.rawValue, &name, name.count)
    return String(decoding: name.prefix(max(0, count)), as: UTF8.self)
}
