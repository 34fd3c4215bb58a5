import Glibc
import InterLinkHTTPClient
import InterLinkSystem
import TestSupport
import Testing

/// Nothing is smuggled in, and no secret gets out.
@Suite struct HTTPSecrecyTests {
    private let client: HTTPClient

    init() throws {
        client = try HTTPClient()
    }

    private func refusal(_ change: (inout HTTPClient.Request) -> Void) async throws -> HTTPClientError {
        let server = try ScriptedServer.answering { _ in answer() }
        var request = HTTPClient.Request(.get, server.url)
        change(&request)
        let error = try await failure { _ = try await client.send(request) }
        #expect(server.connections == 0)
        #expect(!error.mayHaveBeenReceived)
        return error
    }

    @Test(arguments: ["a\r\nX-Other: 1", "a\nb", "a\rb", "a\0b", "\u{7f}"])
    func aFieldCannotHoldAnother(value: String) async throws {
        let error = try await refusal { $0.headers["X-Field"] = value }
        #expect(error.cause == .invalidRequest)
        #expect(error.detail.contains("X-Field"))
    }

    @Test(arguments: ["", "X Field", "X:", "X\r\nY", "X\0", "Ä"])
    func aFieldNameIsAToken(name: String) async throws {
        #expect(try await refusal { $0.headers.add(name, "1") }.cause == .invalidRequest)
    }

    @Test(arguments: ["Content-Length", "transfer-encoding", "Connection", "Expect", "Upgrade"])
    func framingIsNotTheCallersBusiness(name: String) async throws {
        #expect(try await refusal { $0.headers[name] = "1" }.cause == .invalidRequest)
    }

    @Test(arguments: ["", "GET /evil HTTP/1.1\r\nX:", "G\0T", "G T"])
    func aMethodIsAToken(method: String) async throws {
        #expect(try await refusal { $0.method = .init(rawValue: method) }.cause == .invalidRequest)
    }

    @Test(arguments: [
        "", "/status", "localhost:80", "ftp://host/", "file:///etc/passwd", "http://", "http://h/a b",
        "http://h/\r\nX: 1",
        "http://h/\0", "http://ü/",
    ])
    func aURLIsAbsoluteAndPlain(url: String) async throws {
        #expect(try await refusal { $0.url = url }.cause == .invalidRequest)
    }

    @Test(arguments: ["", "/" + String(repeating: "x", count: 107), "/a\0b"])
    func aSocketPathFits(path: String) async throws {
        #expect(try await refusal { $0.socketPath = path }.cause == .invalidRequest)
    }

    @Test(arguments: ["http://me:s3cret@127.0.0.1/x", "http://s3cret@h/", "https://me:s3cret@@h/", "me:s3cret@h"])
    func aPasswordInAURLIsRefusedAndNotTold(url: String) async throws {
        let error = try await refusal { $0.url = url }
        #expect(error.cause == .invalidRequest)
        #expect(!"\(error) \(error.url) \(String(reflecting: error))".contains("s3cret"))
    }

    @Test func errorsTellNoQueryAndNoToken() async throws {
        let port = try ScriptedServer { _ in }.port
        var request = HTTPClient.Request(
            .get, "http://127.0.0.1:\(port)/path?token=s3cret#s3cret", body: Array("s3cret".utf8))
        request.headers["X-Auth-Token"] = "s3cret"
        request.credentials = .bearer("s3cret")
        let error = try await failure { _ = try await client.send(request) }
        #expect(error.url == "http://127.0.0.1:\(port)/path")
        #expect(!String(reflecting: error).contains("s3cret"))
    }

    @Test func descriptionsTellNoSecrets() {
        let headers: HTTPClient.Headers = [
            "Authorization": "Basic s3cret", "Cookie": "s3cret", "X-Auth-Token": "s3cret", "Accept": "text/plain",
        ]
        #expect(headers.description.contains("Accept: text/plain"))
        #expect(!headers.description.contains("s3cret"))
        let proxy = HTTPClient.Proxy.url("http://me:s3cret@proxy", except: [])
        for thing in [
            HTTPCredentials.bearer("s3cret"), HTTPCredentials.basic(user: "me", password: "s3cret"), proxy,
        ] as [any Sendable] {
            #expect(!"\(thing)".contains("s3cret"))
            #expect(!String(reflecting: thing).contains("s3cret"))
        }
    }

    // MARK: Credentials

    private func authorization(_ credentials: HTTPCredentials) async throws -> String? {
        let server = try ScriptedServer.answering { _ in answer() }
        var request = HTTPClient.Request(.get, server.url)
        request.credentials = credentials
        _ = try await client.send(request)
        return server.requests.first?.field("Authorization")
    }

    @Test func credentialsBecomeAField() async throws {
        #expect(try await authorization(.bearer("abc.def")) == "Bearer abc.def")
        #expect(
            try await authorization(.basic(user: "Aladdin", password: "open sesame"))
                == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
        #expect(try await authorization(.bearer { "made" }) == "Bearer made")
    }

    @Test func aTokenFileIsReadAgainForEveryRequest() async throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write("first\n", to: "token")
        #expect(try await authorization(.bearer(file: path)) == "Bearer first")
        try folder.write("  second\r\n", to: "token")
        #expect(try await authorization(.bearer(file: path)) == "Bearer second")
    }

    @Test func theRequestsOwnWordComesFirst() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.credentials = .bearer("configured")
        let client = try HTTPClient(configuration: configuration)
        let server = try ScriptedServer.answering { _ in answer() }
        var request = HTTPClient.Request(.get, server.url)
        _ = try await client.send(request)
        request.credentials = .bearer("asked")
        _ = try await client.send(request)
        request.headers["authorization"] = "Custom word"
        _ = try await client.send(request)
        let words = server.requests.map { $0.field("Authorization") }
        #expect(words == ["Bearer configured", "Bearer asked", "Custom word"])
    }

    private struct ProviderError: Error, CustomStringConvertible {
        let description = "s3cret"
    }

    @Test func credentialsThatCannotBeHadAreAnError() async throws {
        let folder = try TemporaryDirectory()
        let empty = try folder.write(" \n", to: "token")
        let cases: [HTTPCredentials] = [
            .bearer(file: "/nowhere/token"), .bearer(file: "/"), .bearer(file: empty), .bearer("a b"),
            .bearer("a\r\nX: 1"),
            .bearer(file: "/dev/zero"), .bearer { throw ProviderError() }, .basic(user: "a:b", password: ""),
        ]
        for credentials in cases {
            let error = try await refusal { $0.credentials = credentials }
            #expect(error.cause == .credentials)
            #expect(!String(reflecting: error).contains("s3cret"))
        }
    }
}
