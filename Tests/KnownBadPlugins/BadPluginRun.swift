import Glibc
import InterLinkConformance
import InterLinkHTTPClient
import InterLinkSystem

@testable import InterLinkPluginKit

/// A bad plugin on a socket of its own, in front of a good one.
struct BadPluginRun {
    private let fault: Fault

    init(_ fault: Fault) { self.fault = fault }

    /// What the suite says of it.
    func report() async throws -> ConformanceReport {
        try await serve { endpoint, restart in
            var options = ConformanceOptions()
            options.capabilities = fault.capabilities
            options.only = fault.checks
            options.allowances.start = 20
            options.allowances.change = 10
            options.allowances.stop = 5
            options.allowances.quiet = 1
            options.allowances.poll = 0.1
            options.restart = restart
            return try await Conformance(endpoint: endpoint, options: options).run()
        }
    }

    /// Runs `body` while the plugin is there, and leaves nothing behind.
    func serve<Result: Sendable>(
        _ body: (_ endpoint: InterLinkEndpoint, _ restart: @escaping @Sendable () async -> Void) async throws -> Result
    ) async throws -> Result {
        let folder = try TemporaryFolder()
        let good = try GoodPlugin(socketPath: getenv("KNOWN_GOOD").map { String(cString: $0) } ?? "")
        defer { good.client.close() }
        var bad = BadPlugin()
        fault.spoil(&bad)
        let loops = try EventLoopGroup(name: "bad-plugin", count: 1)
        defer { loops.stop() }
        let server = HTTPServer(handler: BadServer(bad: bad, good: good), loops: loops)
        let path = folder.path + "/plugin.sock"
        _ = try server.start([.unix(UnixListener(path: path))])
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(.unixSocket(path), bad.restart))
        } catch {
            result = .failure(error)
        }
        await good.deleteAll()
        await server.stop(within: .zero)
        return try result.get()
    }
}

/// A folder for the files of one test, removed with it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/interlink-bad-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { rmdir(path) }
}
