import InterLinkHTTPClient
import TestSupport
import Testing

/// Against real TLS servers (Python's), with certificates of an authority that exists for this run only.
@Suite struct HTTPSTests {
    private let servers: TLSServers

    init() throws { servers = try TLSServers() }

    private func get(
        _ port: Int, host: String = "127.0.0.1", _ change: (inout HTTPClient.TLS) -> Void
    ) async throws -> String {
        var configuration = HTTPClient.Configuration()
        change(&configuration.tls)
        let client = try HTTPClient(configuration: configuration)
        return try await client.send(.init(.get, "https://\(host):\(port)/")).text
    }

    @Test func certificatesAreCheckedAndCanBeGiven() async throws {
        let (plain, mutual, misnamed, old) = (servers.plain, servers.mutual, servers.misnamed, servers.old)
        let authority = servers.pem("ca")

        #expect(try await get(plain) { $0.authorities = authority } == "TLSv1.3 ")
        #expect(try await get(plain, host: "localhost") { $0.authorities = authority } == "TLSv1.3 ")
        #expect(try await get(plain) { $0.verifiesServer = false } == "TLSv1.3 ")

        for (port, trusted) in [(plain, nil), (plain, servers.pem("stranger")), (misnamed, authority)] {
            let error = try await failure { _ = try await get(port) { $0.authorities = trusted } }
            #expect(error.cause == .tls)
            #expect(!error.mayHaveBeenReceived)
        }

        let named = try await get(mutual) {
            $0.authorities = authority
            $0.certificate = servers.pem("client")
            $0.privateKey = servers.folder.path("client.key")
        }
        #expect(named == "TLSv1.3 client")
        // With TLS 1.3 a server refuses a client after the client has begun to send.
        let refused = try await failure { _ = try await get(mutual) { $0.authorities = authority } }
        #expect([.tls, .connectionLost].contains(refused.cause))

        #expect(try await get(old) { $0.authorities = authority } == "TLSv1.2 ")
        let tooOld = try await failure {
            _ = try await get(old) {
                $0.authorities = authority
                $0.minimumVersion = .v1_3
            }
        }
        #expect(tooOld.cause == .tls)

        let missing = try await failure { _ = try await get(plain) { $0.authorities = "/nowhere/ca.pem" } }
        #expect(missing.cause == .tls)
        #expect(missing.detail.contains("/nowhere/ca.pem"))
    }
}
