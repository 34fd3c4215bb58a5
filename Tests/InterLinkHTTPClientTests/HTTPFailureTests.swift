import Glibc
import InterLinkHTTPClient
import InterLinkSystem
import TestSupport
import Testing

@Suite struct HTTPFailureTests {
    private let client: HTTPClient

    init() throws {
        client = try HTTPClient()
    }

    @Test func nobodyListening() async throws {
        let port = try ScriptedServer { _ in }.port
        let error = try await failure { _ = try await client.send(.init(.post, "http://127.0.0.1:\(port)/create")) }
        #expect(error.cause == .unreachable)
        #expect(!error.mayHaveBeenReceived)
        #expect(error.description.contains("POST http://127.0.0.1:\(port)/create"))
        #expect(error.description.contains("refused"))
    }

    @Test func noSocketAtThatPath() async throws {
        var request = HTTPClient.Request(.get, "http://plugin/status")
        request.socketPath = "/nowhere/plugin.sock"
        let error = try await failure { _ = try await client.send(request) }
        #expect(error.cause == .unreachable)
        #expect(error.socketPath == "/nowhere/plugin.sock")
        #expect(!error.mayHaveBeenReceived)
    }

    @Test func noSuchName() async throws {
        let name = String(repeating: "x", count: 70) + ".invalid"
        let error = try await failure { _ = try await client.send(.init(.get, "http://\(name)/")) }
        #expect(error.cause == .nameNotFound)
        #expect(!error.mayHaveBeenReceived)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha",
        "",
    ])
    func anAnswerThatIsCutOff(answer: String) async throws {
        let server = try ScriptedServer { connection in
            _ = connection.readRequest()
            connection.send(answer)
        }
        let error = try await failure { _ = try await client.send(.init(.post, server.url, body: [1])) }
        #expect(error.cause == .connectionLost)
        #expect(error.mayHaveBeenReceived)
    }

    @Test func aHeaderThatIsCutOff() async throws {
        let server = try ScriptedServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nContent-")
        }
        let error = try await failure { _ = try await client.send(.init(.post, server.url, body: [1])) }
        #expect(error.cause == .malformedAnswer)
        #expect(error.mayHaveBeenReceived)
    }

    @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n\r\n", "200 OK\r\n\r\n"])
    func anAnswerThatIsNotHTTP(answer: String) async throws {
        let server = try ScriptedServer { connection in
            _ = connection.readRequest()
            connection.send(answer)
            connection.waitForEnd()
        }
        let error = try await failure { _ = try await client.send(.init(.get, server.url)) }
        #expect(error.cause == .malformedAnswer)
    }

    @Test(arguments: [true, false]) func anAnswerThatIsTooLong(isAnnounced: Bool) async throws {
        let server = try ScriptedServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\n" + (isAnnounced ? "Content-Length: 100000000\r\n\r\n" : "\r\n"))
            let piece = [UInt8](repeating: 0x61, count: 65_536)
            while connection.send(piece) {}
        }
        var request = HTTPClient.Request(.get, server.url)
        request.answerLimit = 1_000_000
        let error = try await failure { _ = try await client.send(request) }
        #expect(error.cause == .answerTooLarge)
        #expect(error.detail.contains("1000000 bytes"))
        try await eventually("the server loses the connection") { server.closed == 1 }
    }

    @Test func aHeaderWithoutEnd() async throws {
        let server = try ScriptedServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\n")
            while connection.send("X-More: \(String(repeating: "x", count: 1000))\r\n") {}
        }
        let error = try await failure { _ = try await client.send(.init(.get, server.url)) }
        #expect(error.cause == .answerTooLarge)
    }

    // MARK: Deadlines

    @Test func aServerThatDoesNotSpeakTLS() async throws {
        let server = try ScriptedServer { $0.waitForEnd() }
        var request = HTTPClient.Request(.get, "https://127.0.0.1:\(server.port)/")
        request.deadlines = .init(connect: .milliseconds(200))
        let error = try await failure { _ = try await client.send(request) }
        #expect(error.cause == .timedOut(.connect))
        #expect(!error.mayHaveBeenReceived)
    }

    @Test func aServerThatDoesNotAnswer() async throws {
        let server = try ScriptedServer { $0.waitForEnd() }
        var request = HTTPClient.Request(.get, server.url)
        request.deadlines = .init(headers: .milliseconds(200))
        let error = try await failure { _ = try await client.send(request) }
        #expect(error.cause == .timedOut(.headers))
        #expect(error.mayHaveBeenReceived)
        try await eventually("the connection is given up") { server.closed == 1 }
    }

    @Test func anAnswerThatStops() async throws {
        let server = try ScriptedServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
            connection.waitForEnd()
        }
        var request = HTTPClient.Request(.get, server.url)
        request.deadlines = .init(stall: .milliseconds(200))
        let error = try await failure { _ = try await client.send(request) }
        #expect(error.cause == .timedOut(.stall))
    }

    @Test func anAnswerThatDripsMeetsTheTotalDeadline() async throws {
        let server = try ScriptedServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\n\r\n")
            while connection.send(".") { usleep(10_000) }
        }
        var request = HTTPClient.Request(.get, server.url)
        request.deadlines = .init(total: .milliseconds(400))
        let error = try await failure { _ = try await client.send(request) }
        #expect(error.cause == .timedOut(.total))
    }

    // MARK: Cancelling and closing

    @Test func cancellingEndsTheCallAndTheConnection() async throws {
        let server = try ScriptedServer { connection in
            _ = connection.readRequest()
            connection.waitForEnd()
        }
        let client = client
        let call = Task { try await client.send(.init(.get, server.url)) }
        try await eventually("the request arrives") { server.requests.count == 1 }
        call.cancel()
        let error = try await failure { _ = try await call.value }
        #expect(error.cause == .cancelled)
        #expect(error.mayHaveBeenReceived)
        try await eventually("the server loses the connection") { server.closed == 1 }
    }

    @Test func aTaskThatIsCancelledBeforeSendsNothing() async throws {
        let server = try ScriptedServer.answering { _ in answer() }
        let client = client
        let call = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(.init(.get, server.url))
        }
        let error = try await failure { _ = try await call.value }
        #expect(error.cause == .cancelled)
        #expect(!error.mayHaveBeenReceived)
        #expect(server.connections == 0)
    }

    @Test func closingTheClientEndsWhatIsUnderWay() async throws {
        let server = try ScriptedServer { $0.waitForEnd() }
        let client = try HTTPClient()
        let call = Task { try await client.send(.init(.get, server.url)) }
        try await eventually("the client connects") { server.connections == 1 }
        client.close()
        #expect(try await failure { _ = try await call.value }.cause == .closed)
        #expect(try await failure { _ = try await client.send(.init(.get, server.url)) }.cause == .closed)
    }

    // MARK: Twice or once

    /// Answers one request a connection, and closes when the second comes.
    private static func closingOnSecondRequest() throws -> ScriptedServer {
        try ScriptedServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.send(answer("first"))
            _ = connection.readRequest()
        }
    }

    @Test(arguments: [[UInt8]?.none, [], Array("{}".utf8)])
    func aPostOnAConnectionThatDiesIsNotRepeated(body: [UInt8]?) async throws {
        let server = try Self.closingOnSecondRequest()
        _ = try await client.send(.init(.post, server.url, body: body))
        let error = try await failure { _ = try await client.send(.init(.post, server.url, body: body)) }
        #expect(error.cause == .connectionLost)
        #expect(error.mayHaveBeenReceived)
        #expect(server.requests.count == 2)
    }

    @Test func aGetOnAConnectionThatDiesIsRepeatedOnANewOne() async throws {
        let server = try Self.closingOnSecondRequest()
        let body = Array("[]".utf8)
        _ = try await client.send(.init(.get, server.url, body: body))
        #expect(try await client.send(.init(.get, server.url, body: body)).text == "first")
        #expect(server.requests.map { String(decoding: $0.body, as: UTF8.self) } == ["[]", "[]", "[]"])
        #expect(server.connections == 2)
    }
}
