import InterLinkSystem
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// Answers that are written bit by bit.
@Suite(.timeLimit(.minutes(15))) struct HTTPServerStreamTests {
    /// A handler whose answers are written by `write`.
    private func streaming(_ write: @escaping @Sendable (HTTPBodyWriter) async throws -> Void) -> TestHandler {
        TestHandler(slowly: { _ in HTTPResponse(body: .stream(write)) })
    }

    @Test func headAndEachWriteArriveAtOnce() async throws {
        let (steps, step) = AsyncStream.makeStream(of: String.self)
        let handler = streaming { writer in
            for await text in steps { try await writer.write(Array(text.utf8)) }
        }
        try await ServerHarness.run(handler) { harness in
            let client = try await harness.connect()
            try await client.send("GET /getLogs HTTP/1.1\r\nHost: x\r\n\r\n")
            let (status, headers) = try await client.head()
            #expect(status == 200)
            #expect(headers["transfer-encoding"] == "chunked")
            for text in ["one", "two"] {
                step.yield(text)
                step.yield("")
                #expect(try await client.chunk() == Array(text.utf8))
            }
            step.finish()
            #expect(try await client.chunk() == nil)
        }
    }

    @Test func theConnectionGoesOnAfterAStream() async throws {
        let handler = streaming { writer in
            for _ in 0..<100 { try await writer.write([UInt8](repeating: 7, count: 10_000)) }
        }
        try await ServerHarness.run(handler) { harness in
            let client = try await harness.connect()
            for _ in 0..<3 { #expect(try await client.get("/").body.count == 1_000_000) }
            try await client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.answer(hasBody: false).headers["transfer-encoding"] == "chunked")
            #expect(try await client.get("/").body.count == 1_000_000)
        }
    }

    @Test func olderClientsGetTheBodyUpToTheEndOfTheConnection() async throws {
        try await ServerHarness.run(streaming { try await $0.write(Array("plain".utf8)) }) { harness in
            let client = try await harness.connect()
            try await client.send("GET / HTTP/1.0\r\n\r\n")
            let text = try await client.rest()
            #expect(text.hasSuffix("Connection: close\r\n\r\nplain"))
            #expect(!text.contains("chunked"))
        }
    }

    @Test func anErrorLeavesTheBodyWithoutItsEnd() async throws {
        struct Broken: Error {}
        let handler = streaming { writer in
            try await writer.write([1, 2, 3])
            throw Broken()
        }
        try await ServerHarness.run(handler) { harness in
            let client = try await harness.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let text = try await client.rest()
            #expect(text.hasSuffix("\r\n\r\n3\r\n\u{1}\u{2}\u{3}\r\n"))
        }
    }

    @Test func aClientThatLeavesCancelsAStreamThatWaits() async throws {
        let ended = Lock<String?>(nil)
        let handler = streaming { writer in
            try await writer.write([1])
            do {
                try await Task.sleep(for: .seconds(3600))
            } catch {
                ended.withLock { $0 = "\(type(of: error))" }
                throw error
            }
        }
        try await ServerHarness.run(handler) { harness in
            let client = try await harness.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await client.head()
            #expect(try await client.chunk() == [1])
            // What a client has sent beforehand must not hide that it has left.
            try await client.send("GET / HTTP/1.1\r\n")
            client.close()
            try await eventually("the stream is cancelled") { ended.withLock { $0 } == "CancellationError" }
            try await eventually("the connection is gone") { harness.server.connectionCount == 0 }
        }
    }

    @Test func writesFailWhenTheClientHasLeft() async throws {
        let failed = Lock(false)
        let handler = streaming { writer in
            do {
                while true { try await writer.write([UInt8](repeating: 1, count: 1000)) }
            } catch {
                failed.withLock { $0 = true }
                throw error
            }
        }
        try await ServerHarness.run(handler) { harness in
            let client = try await harness.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await client.head()
            client.close()
            try await eventually("the write fails") { failed.withLock { $0 } }
        }
    }

    @Test func aStreamWaitsForItsReader() async throws {
        let written = Lock(0)
        let handler = streaming { writer in
            for _ in 0..<400 {
                try await writer.write([UInt8](repeating: 1, count: 100_000))
                written.withLock { $0 += 1 }
            }
        }
        try await ServerHarness.run(handler) { harness in
            let client = try await harness.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await client.head()
            try await Task.sleep(for: .milliseconds(100))
            // Far less than all fits into the buffers of the sockets.
            #expect(written.withLock { $0 } < 200)
            while try await client.chunk() != nil {}
            #expect(written.withLock { $0 } == 400)
        }
    }

    @Test func otherHandlersAreLeftToFinish() async throws {
        let state = Lock<String?>(nil)
        let handler = TestHandler(slowly: { _ in
            try? await Task.sleep(for: .milliseconds(100))
            state.withLock { $0 = Task.isCancelled ? "cancelled" : "finished" }
            return .text("ok")
        })
        try await ServerHarness.run(handler) { harness in
            let client = try await harness.connect()
            try await client.send("POST /create HTTP/1.1\r\nHost: x\r\n\r\n")
            try await eventually("the request is there") { harness.server.connectionCount == 1 }
            client.close()
            try await eventually("the handler has ended") { state.withLock { $0 } != nil }
            #expect(state.withLock { $0 } == "finished")
        }
    }
}
