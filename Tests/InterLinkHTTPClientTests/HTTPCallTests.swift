import Glibc
import InterLinkHTTPClient
import InterLinkSystem
import TestSupport
import Testing

@Suite struct HTTPCallTests {
    private let client: HTTPClient

    init() throws {
        client = try HTTPClient()
    }

    @Test func anAnswerHasCodeFieldsAndBody() async throws {
        let server = try ScriptedServer.answering { _ in
            answer("tea", status: "418 I'm a teapot", fields: "X-Kind:  green ", "X-Kind: black")
        }
        let response = try await client.send(.init(.get, server.url + "/pot?size=1"))
        #expect(response.status == 418)
        #expect(response.text == "tea")
        #expect(response.headers["x-kind"] == "green")
        #expect(response.headers.values(of: "X-KIND") == ["green", "black"])
        #expect(server.requests.map(\.line) == ["GET /pot?size=1 HTTP/1.1"])
    }

    @Test(arguments: [HTTPClient.Method.get, .post, .put, .patch, .delete, .options, .init(rawValue: "PURGE")])
    func everyMethodCarriesABody(method: HTTPClient.Method) async throws {
        let server = try ScriptedServer.answering { answer(String(decoding: $0.body, as: UTF8.self)) }
        for body in ["[]", ""] {
            var request = HTTPClient.Request(method, server.url, body: Array(body.utf8))
            request.headers["Content-Type"] = "application/json"
            #expect(try await client.send(request).text == body)
        }
        let received = try #require(server.requests.first)
        #expect(received.line == "\(method) / HTTP/1.1")
        #expect(received.field("Content-Type") == "application/json")
        #expect(received.field("Content-Length") == "2")
        #expect(server.requests.last?.field("Content-Length") == "0")
    }

    @Test func aBodyBringsNoFieldsThatNobodyAskedFor() async throws {
        let server = try ScriptedServer.answering { _ in answer() }
        let body = [UInt8](repeating: 0x20, count: 3 << 20)
        _ = try await client.send(.init(.post, server.url, body: body))
        let received = try #require(server.requests.first)
        #expect(received.body.count == body.count)
        #expect(received.field("Expect") == nil)
        #expect(received.field("Content-Type") == nil)
        #expect(received.field("Authorization") == nil)
    }

    @Test func withoutABodyThereIsNoLength() async throws {
        let server = try ScriptedServer.answering { _ in answer() }
        _ = try await client.send(.init(.get, server.url))
        #expect(server.requests.first?.field("Content-Length") == nil)
    }

    @Test func fieldsArriveAsTheyAre() async throws {
        let server = try ScriptedServer.answering { _ in answer() }
        var request = HTTPClient.Request(.get, server.url)
        request.headers = ["InterLink-Http-Session": "GetStatus#42", "X-Empty": ""]
        request.headers.add("X-Twice", "1")
        request.headers.add("X-Twice", "2")
        _ = try await client.send(request)
        let received = try #require(server.requests.first)
        #expect(received.field("InterLink-Http-Session") == "GetStatus#42")
        #expect(received.field("X-Empty") == "")
        #expect(received.fields.filter { $0.hasPrefix("X-Twice") } == ["X-Twice: 1", "X-Twice: 2"])
        #expect(received.field("User-Agent") == "interlink-swift-sdk")
    }

    @Test func headHasLengthButNoBody() async throws {
        let server = try ScriptedServer.answering { _ in "HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n" }
        let response = try await client.send(.init(.head, server.url))
        #expect(response.headers["content-length"] == "4000000000")
        #expect(response.body.isEmpty)
    }

    @Test func noticesBeforeTheAnswerAreSkipped() async throws {
        let server = try ScriptedServer.answering { _ in
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + answer("real")
        }
        let response = try await client.send(.init(.get, server.url))
        #expect(response.status == 200)
        #expect(response.headers["Link"] == nil)
        #expect(response.text == "real")
    }

    @Test func redirectsAreAnswersToo() async throws {
        let server = try ScriptedServer.answering { _ in answer(status: "302 Found", fields: "Location: /elsewhere") }
        let response = try await client.send(.init(.get, server.url))
        #expect(response.status == 302)
        #expect(response.headers["location"] == "/elsewhere")
        #expect(server.requests.count == 1)
    }

    @Test func aChunkedAnswerIsPutTogether() async throws {
        let server = try ScriptedServer.answering { _ in
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n"
        }
        let response = try await client.send(.init(.get, server.url))
        #expect(response.text == "abcde")
        #expect(response.headers["X-Trailer"] == nil)
    }

    @Test func anAnswerMayEndWithItsConnection() async throws {
        let server = try ScriptedServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.0 200 OK\r\n\r\nall of it")
        }
        #expect(try await client.send(.init(.get, server.url)).text == "all of it")
    }

    @Test(arguments: [
        (HTTPClient.ByteRange.from(10), "bytes=10-"), (.span(0...4), "bytes=0-4"), (.last(100), "bytes=-100"),
    ])
    func aRangeIsAField(range: HTTPClient.ByteRange, field: String) async throws {
        let server = try ScriptedServer.answering { _ in answer("part", status: "206 Partial Content") }
        var request = HTTPClient.Request(.get, server.url)
        request.range = range
        #expect(try await client.send(request).status == 206)
        #expect(server.requests.first?.field("Range") == field)
    }

    @Test func aUnixSocketIsReachedByItsPath() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("plugin.sock")
        let server = try ScriptedServer.answering(socketPath: path) { answer($0.line) }
        var request = HTTPClient.Request(.get, "http://plugin/status", body: Array("[]".utf8))
        request.socketPath = path
        #expect(try await client.send(request).text == "GET /status HTTP/1.1")
        #expect(server.requests.first?.field("Host") == "plugin")
    }

    @Test func connectionsAreUsedAgain() async throws {
        let server = try ScriptedServer.answering { _ in answer("x") }
        for _ in 0..<50 { _ = try await client.send(.init(.get, server.url)) }
        #expect(server.requests.count == 50)
        #expect(server.connections == 1)
    }

    @Test func aHundredCallsGoOnAtOnce() async throws {
        let everybody = Lock(0)
        let server = try ScriptedServer { connection in
            while let request = connection.readRequest() {
                // Nobody is answered before all have asked.
                everybody.withLock { $0 += 1 }
                while everybody.withLock({ $0 }) < 100 { usleep(1000) }
                connection.send(answer(request.line))
            }
        }
        let client = client
        let lines = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for number in 0..<100 {
                group.addTask { (number, try await client.send(.init(.get, "\(server.url)/\(number)")).text) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(lines == Dictionary(uniqueKeysWithValues: (0..<100).map { ($0, "GET /\($0) HTTP/1.1") }))
    }

    @Test func connectionsToOneHostCanBeBounded() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connectionsPerHost = 2
        let client = try HTTPClient(configuration: configuration)
        let server = try ScriptedServer.answering { _ in answer("x") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 { group.addTask { _ = try await client.send(.init(.get, server.url)) } }
            try await group.waitForAll()
        }
        #expect(server.requests.count == 40)
        #expect(server.connections <= 2)
    }

    @Test func aProxyIsUsedWhenConfigured() async throws {
        let proxy = try ScriptedServer.answering { answer($0.line) }
        var configuration = HTTPClient.Configuration()
        configuration.proxy = .url(proxy.url, except: ["127.0.0.1"])
        let client = try HTTPClient(configuration: configuration)
        #expect(try await client.send(.init(.get, "http://far.example/x")).text == "GET http://far.example/x HTTP/1.1")
        let near = try ScriptedServer.answering { answer($0.line) }
        #expect(try await client.send(.init(.get, near.url + "/y")).text == "GET /y HTTP/1.1")
    }

    @Test func connectionsCloseWithTheLastReference() async throws {
        let server = try ScriptedServer.answering { _ in answer("x") }
        do {
            let client = try HTTPClient()
            _ = try await client.send(.init(.get, server.url))
        }
        try await eventually("the kept connection is closed") { server.closed == 1 }
    }
}
