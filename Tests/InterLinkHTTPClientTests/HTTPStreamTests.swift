import Glibc
import InterLinkHTTPClient
import InterLinkSystem
import TestSupport
import Testing

@Suite struct HTTPStreamTests {
    private let client: HTTPClient

    init() throws {
        client = try HTTPClient()
    }

    @Test func piecesComeAsTheyAreSent() async throws {
        let mayGoOn = Lock(false)
        let server = try ScriptedServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Log: 1\r\n\r\n")
            connection.send("5\r\nfirst\r\n")
            while !mayGoOn.withLock({ $0 }) { usleep(1000) }
            connection.send("6\r\nsecond\r\n0\r\n\r\n")
        }
        let response = try await client.stream(.init(.get, server.url))
        #expect(response.status == 200)
        #expect(response.headers["x-log"] == "1")
        var pieces = response.body.makeAsyncIterator()
        #expect(try await pieces.next() == Array("first".utf8))
        mayGoOn.withLock { $0 = true }
        #expect(try await pieces.next() == Array("second".utf8))
        #expect(try await pieces.next() == nil)
        #expect(try await pieces.next() == nil)
    }

    /// Sends so many numbered blocks, and counts what the connection has taken.
    private static func sendingBlocks(_ count: Int, taken: Lock<Int>) throws -> ScriptedServer {
        try ScriptedServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(count * 65_536)\r\n\r\n")
            for number in 0..<count {
                guard connection.send([UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 65_536)) else {
                    return
                }
                taken.withLock { $0 += 1 }
            }
        }
    }

    @Test func whileNobodyReadsTheServerWaits() async throws {
        let taken = Lock(0)
        let server = try Self.sendingBlocks(2048, taken: taken)
        var request = HTTPClient.Request(.get, server.url)
        // A stream that rests because of its reader is not stalled.
        request.deadlines = .init(stall: .seconds(2))
        let response = try await client.stream(request)
        var before = -1
        while taken.withLock({ $0 }) != before {
            before = taken.withLock { $0 }
            try await Task.sleep(for: .milliseconds(1200))
        }
        #expect(before < 1024)
        var count = 0
        var isIntact = true
        for try await piece in response.body {
            let block = UInt8(truncatingIfNeeded: count / 65_536)
            isIntact = isIntact && piece.first == block
            count += piece.count
        }
        #expect(isIntact)
        #expect(count == 2048 * 65_536)
    }

    @Test func droppingTheStreamEndsTheTransfer() async throws {
        let server = try Self.sendingBlocks(100_000, taken: Lock(0))
        do {
            let response = try await client.stream(.init(.get, server.url))
            var pieces = response.body.makeAsyncIterator()
            #expect(try await pieces.next() != nil)
        }
        try await eventually("the server loses the connection") { server.closed == 1 }
    }

    @Test func cancellingTheReaderEndsTheTransfer() async throws {
        let server = try ScriptedServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\n\r\nstart")
            connection.waitForEnd()
        }
        let response = try await client.stream(.init(.get, server.url))
        let hasStarted = Lock(false)
        let reader = Task {
            for try await _ in response.body { hasStarted.withLock { $0 = true } }
        }
        try await eventually("the first piece comes") { hasStarted.withLock { $0 } }
        reader.cancel()
        #expect(try await failure { try await reader.value }.cause == .cancelled)
        try await eventually("the server loses the connection") { server.closed == 1 }
    }

    @Test func aStreamThatBreaksGivesWhatCameAndThenTheError() async throws {
        let server = try ScriptedServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        }
        let response = try await client.stream(.init(.get, server.url))
        var text = ""
        let error = try await failure {
            for try await piece in response.body { text += String(decoding: piece, as: UTF8.self) }
        }
        #expect(text == "half")
        #expect(error.cause == .connectionLost)
    }

    @Test func collectingHasALimit() async throws {
        let server = try ScriptedServer.answering { _ in answer("0123456789") }
        let whole = try await client.stream(.init(.get, server.url))
        #expect(try await whole.body.collect(upTo: 10).count == 10)
        let part = try await client.stream(.init(.get, server.url))
        let error = try await failure { _ = try await part.body.collect(upTo: 9) }
        #expect(error.cause == .answerTooLarge)
    }

    @Test func anEmptyBodyIsNoPiece() async throws {
        let server = try ScriptedServer.answering { _ in answer() }
        let response = try await client.stream(.init(.get, server.url))
        for try await _ in response.body { Issue.record("there is a piece") }
    }

    @Test func aStreamOutlivesItsClient() async throws {
        let server = try ScriptedServer.answering { _ in answer("still here") }
        do {
            let response = try await HTTPClient().stream(.init(.get, server.url))
            #expect(try await response.body.collect(upTo: 100) == Array("still here".utf8))
        }
        try await eventually("the connection is closed") { server.closed == 1 }
    }
}
