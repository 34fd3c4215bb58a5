import TestSupport
import Testing

@testable import InterLinkPluginKit

@Suite(.timeLimit(.minutes(15))) struct BearerTokenTests {
    @Test func onlyTheTokenOpens() throws {
        let directory = try TemporaryDirectory()
        try directory.write("  s3cret-token \n", to: "token")
        let token = try BearerToken(path: directory.path("token"))
        let cases: [(HTTPHeaders, Bool)] = [
            (["Authorization": "Bearer s3cret-token"], true), (["authorization": "bearer s3cret-token"], true),
            ([:], false), (["Authorization": "s3cret-token"], false), (["Authorization": "Bearer "], false),
            (["Authorization": "Bearer s3cret-toke"], false), (["Authorization": "Bearer s3cret-tokens"], false),
            (["Authorization": "Bearer s3cret-tokens3cret-token"], false),
            (["Authorization": "Basic s3cret-token"], false),
            (["Authorization": "Bearer s3cret-token", "authorization": "Bearer s3cret-token"], false),
        ]
        for (headers, permits) in cases { #expect(token.permits(headers) == permits) }
    }

    @Test(arguments: ["", " \n", "two words", "caf\u{e9}", String(repeating: "a", count: 5000)])
    func aFileWithoutATokenIsRefused(text: String) throws {
        let directory = try TemporaryDirectory()
        try directory.write(text, to: "token")
        let error = #expect(throws: HTTPListenerError.self) { try BearerToken(path: directory.path("token")) }
        #expect(error?.description.contains("must hold one word") == true)
        #expect(throws: HTTPListenerError.self) { try BearerToken(path: directory.path("none")) }
    }

    @Test func aChangedFileIsReadAgainAndABrokenOneIsNot() throws {
        let directory = try TemporaryDirectory()
        try directory.write("first", to: "token")
        let token = try BearerToken(path: directory.path("token"))
        try token.refresh()
        #expect(token.permits(["Authorization": "Bearer first"]))
        try directory.write("second", to: "token")
        try token.refresh()
        #expect(!token.permits(["Authorization": "Bearer first"]))
        #expect(token.permits(["Authorization": "Bearer second"]))
        try directory.write("", to: "token")
        #expect(throws: HTTPListenerError.self) { try token.refresh() }
        #expect(token.permits(["Authorization": "Bearer second"]))
    }

    @Test func tcpAsksForTheTokenAndTheUnixSocketDoesNot() async throws {
        let listeners: (TemporaryDirectory) -> [HTTPListener] = { directory in
            _ = try? directory.write("secret", to: "token")
            return [
                .unix(UnixListener(path: directory.path("socket"))),
                .tcp(TCPListener(port: 0, tokenFile: directory.path("token"))),
            ]
        }
        try await ServerHarness.run(listeners: listeners) { harness in
            #expect(try await harness.connect().get("/").status == 200)
            let stranger = try await harness.connect(to: 1)
            let refusal = try await stranger.get("/", headers: "Authorization: Bearer wrong\r\n")
            #expect(refusal.status == 401)
            #expect(refusal.headers["www-authenticate"] == "Bearer")
            #expect(await stranger.isClosed())
            let known = try await harness.connect(to: 1)
            #expect(try await known.get("/", headers: "Authorization: Bearer secret\r\n").status == 200)
            try harness.directory.write("changed", to: "token")
            try await eventually("the new token is known") {
                let client = try await harness.connect(to: 1)
                return try await client.get("/", headers: "Authorization: Bearer changed\r\n").status == 200
            }
        }
    }

    @Test func theBodyOfAStrangerIsNotRead() async throws {
        let listeners: (TemporaryDirectory) -> [HTTPListener] = { directory in
            _ = try? directory.write("secret", to: "token")
            return [.tcp(TCPListener(port: 0, tokenFile: directory.path("token")))]
        }
        try await ServerHarness.run(listeners: listeners) { harness in
            let client = try await harness.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.answer().status == 401)
        }
    }
}
