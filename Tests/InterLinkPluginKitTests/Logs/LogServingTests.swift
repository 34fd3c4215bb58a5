import InterLinkSystem
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// Logs through the server, as interLink gets them.
@Suite(.timeLimit(.minutes(15))) struct LogServingTests {
    let folder: TemporaryDirectory
    let ended = Lock(false)

    init() throws { folder = try TemporaryDirectory() }

    private func serving(_ query: LogQuery, finished: @escaping @Sendable () -> Void = {}) -> TestHandler {
        let source = LogSource(.file(path: folder.path("log")))
        let reader = LogReader.forTests()
        return TestHandler(slowly: { [ended] _ in
            HTTPResponse(
                body: .stream { writer in
                    defer { finished() }
                    let stream = try await reader.open(source, query, hasEnded: { ended.withLock { $0 } })
                    for try await chunk in stream { try await writer.write(chunk) }
                })
        })
    }

    @Test func aWholeLogArrivesByteForByte() async throws {
        let log = (0..<150_000).flatMap { "line \($0)\n".utf8 }
        try folder.write(log, to: "log")
        try await ServerHarness.run(serving(LogQuery())) { harness in
            let client = try await harness.connect()
            for _ in 0..<2 { #expect(try await client.get("/getLogs").body == log) }
        }
    }

    @Test func aFollowerGetsEachLineAndTheEnd() async throws {
        try folder.write("one\n".utf8, to: "log")
        try await ServerHarness.run(serving(LogQuery(follow: true))) { harness in
            let client = try await harness.connect()
            try await client.send("GET /getLogs HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.head().status == 200)
            #expect(try await client.chunk() == Array("one\n".utf8))
            try folder.write("two\n".utf8, to: "log", adding: true)
            #expect(try await client.chunk() == Array("two\n".utf8))
            ended.withLock { $0 = true }
            #expect(try await client.chunk() == nil)
        }
    }

    @Test func aFollowerThatLeavesCostsNothingAnyMore() async throws {
        let isFinished = Lock(false)
        try folder.write("one\n".utf8, to: "log")
        let handler = serving(LogQuery(follow: true), finished: { isFinished.withLock { $0 = true } })
        try await ServerHarness.run(handler) { harness in
            let client = try await harness.connect()
            try await client.send("GET /getLogs HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.head().status == 200)
            #expect(try await client.chunk() == Array("one\n".utf8))
            #expect(!isFinished.withLock { $0 })
            client.close()
            try await eventually("the stream ends") { isFinished.withLock { $0 } }
        }
    }
}
