import Glibc
import InterLinkHTTPClient
import Testing

/// Against real TLS servers (Python's), with certificates of an authority that exists for this run only.
@Suite struct HTTPSTests {
    private let directory: String
    private let ports: [Int]

    init() throws {
        directory = try temporaryDirectory()
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let command = "exec python3 '/\(tests)/Tools/tls_servers.py' '\(directory)' 2>/dev/null"
        let output = try #require(popen(command, "r"))
        var line = [CChar](repeating: 0, count: 256)
        _ = fgets(&line, 255, output)
        let text = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        ports = text.split { !$0.isNumber }.compactMap { Int($0) }
        try #require(ports.count == 4, "the TLS servers did not start")
    }

    private func get(
        _ port: Int, host: String = "127.0.0.1", _ change: (inout HTTPClient.TLS) -> Void
    ) async throws -> String {
        var configuration = HTTPClient.Configuration()
        change(&configuration.tls)
        let client = try HTTPClient(configuration: configuration)
        return try await client.send(.init(.get, "https://\(host):\(port)/")).text
    }

    @Test func certificatesAreCheckedAndCanBeGiven() async throws {
        let (plain, mutual, misnamed, old) = (ports[0], ports[1], ports[2], ports[3])
        let authority = directory + "/ca.pem"

        #expect(try await get(plain) { $0.authorities = authority } == "TLSv1.3 ")
        #expect(try await get(plain, host: "localhost") { $0.authorities = authority } == "TLSv1.3 ")
        #expect(try await get(plain) { $0.verifiesServer = false } == "TLSv1.3 ")

        for (port, trusted) in [(plain, nil), (plain, directory + "/stranger.pem"), (misnamed, authority)] {
            let error = try await failure { _ = try await get(port) { $0.authorities = trusted } }
            #expect(error.cause == .tls)
            #expect(!error.mayHaveBeenReceived)
        }

        let named = try await get(mutual) {
            $0.authorities = authority
            $0.certificate = directory + "/client.pem"
            $0.privateKey = directory + "/client.key"
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
