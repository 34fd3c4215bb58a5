import Foundation
import InterLinkConformance
import InterLinkHTTPClient
import InterLinkSystem
import TestSupport

@testable import InterLinkPluginKit

/// A plugin on a socket of its own: bad by a fault, or as good as the one behind it.
struct BadPluginRun {
    private let fault: Fault?
    private let reference: ReferenceProcess

    init(_ fault: Fault?, before reference: ReferenceProcess) {
        self.fault = fault
        self.reference = reference
    }

    /// What the suite says of it.
    func report() async throws -> ConformanceReport {
        try await serve { plugin in
            var options = ConformanceOptions()
            options.capabilities = fault?.capabilities ?? []
            options.only = fault?.checks ?? []
            options.allowances.start = 30
            options.allowances.change = 10
            options.allowances.stop = 5
            options.allowances.quiet = 1
            options.allowances.poll = 0.1
            options.restart = plugin.restart
            return try await Conformance(endpoint: plugin.endpoint, options: options).run()
        }
    }

    /// The plugin as it is served.
    struct Served: Sendable {
        let endpoint: InterLinkEndpoint
        let good: GoodPlugin
        let restart: @Sendable () async -> Void
    }

    /// Runs `body` while the plugin is there, and leaves nothing behind.
    func serve<Value: Sendable>(_ body: (Served) async throws -> Value) async throws -> Value {
        let path = "/tmp/interlink-bad-\(UUID().uuidString.prefix(8)).sock"
        let good = try GoodPlugin(socketPath: reference.socket)
        defer { good.close() }
        var bad = BadPlugin()
        fault?.spoil(&bad)
        let loops = try EventLoopGroup(name: "bad-plugin", count: 1)
        defer { loops.stop() }
        let server = HTTPServer(handler: BadServer(bad: bad, good: good), loops: loops)
        _ = try server.start([.unix(UnixListener(path: path))])
        let result: Result<Value, any Error>
        do {
            result = .success(
                try await body(Served(endpoint: .unixSocket(path), good: good, restart: bad.restart)))
        } catch {
            result = .failure(error)
        }
        await good.deleteAll()
        await server.stop(within: .zero)
        return try result.get()
    }
}
