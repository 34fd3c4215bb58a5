import Glibc
public import InterLinkPluginKit
import InterLinkSystem

/// The whole host in memory, around a plugin of yours: everything but sockets, with a clock to turn.
///
/// ```swift
/// let host = try await TestHost { services in MyPlugin(configuration: settings, services: services) }
/// let answer = try await host.create(body)
/// #expect(answer.status == 200)
/// await host.clock.turn(by: .seconds(60))
/// #expect(try await host.status(body).text.contains("running"))
/// await host.end()
/// ```
public final class TestHost: Sendable {
    /// An answer as interLink gets it.
    public struct Answer: Sendable {
        /// The code.
        public let status: Int
        /// The header fields.
        public let headers: [String: String]
        /// The body.
        public let body: [UInt8]

        /// The body as text.
        public var text: String { String(decoding: body, as: UTF8.self) }
    }

    private struct Running: Sendable {
        let host: PluginHost
        let store: Store
        let commands: CommandRunner
    }

    /// The clock that everything goes by.
    public let clock: TurnableClock
    /// The lines of the log.
    public let log = LogRecorder()

    private let folder: String
    private let loops: EventLoopGroup
    private let configuration: HostConfiguration
    private let makePlugin: @Sendable (PluginServices) async throws -> any InterLinkPlugin
    private let running: Lock<Running?> = Lock(nil)

    /// Starts a host with records in a folder of its own.
    ///
    /// - Parameters:
    ///   - configuration: The host's keys, as YAML.
    ///   - clock: The clock, where the plugin's backend goes by it too.
    ///   - plugin: Makes the plugin; called again by ``restart()``.
    /// - Throws: What the plugin throws, or what is wrong with the configuration.
    public init(
        configuration: String = "", clock: TurnableClock = TurnableClock(),
        plugin: @escaping @Sendable (PluginServices) async throws -> any InterLinkPlugin
    ) async throws {
        self.clock = clock
        // The host has to listen somewhere by its rules; this one does not.
        self.configuration =
            try ConfigurationFile.parse(
                HostConfiguration.self, yaml: "listen: { unix: { path: /unused } }\n" + configuration
            ).value
        makePlugin = plugin
        var template = Array("/tmp/interlink-host.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        loops = try EventLoopGroup(name: "test-host", count: 1)
        try await start()
    }

    /// Ends the host without any farewell, as a crash would, and starts another on its records.
    public func restart() async throws {
        await stop()
        try await start()
        await clock.quiet()
    }

    /// Ends the host in order and removes its records.
    public func end() async {
        await running.withLock { $0 }?.host.drain(within: .zero)
        await stop()
        loops.stop()
        removeFolder()
    }

    deinit { removeFolder() }

    private func removeFolder() {
        for suffix in ["", "-wal", "-shm", ".lock", ".new", ".new-journal"] { unlink("\(folder)/records\(suffix)") }
        rmdir(folder)
    }

    /// `POST /create` with this body.
    public func create(_ body: String) async throws -> Answer { try await send("POST", "/create", body) }

    /// `GET /status` with this body, a list of pods.
    public func status(_ body: String) async throws -> Answer { try await send("GET", "/status", body) }

    /// `POST /delete` with this body, a pod.
    public func delete(_ body: String) async throws -> Answer { try await send("POST", "/delete", body) }

    /// `GET /getLogs` with this body.
    public func logs(_ body: String) async throws -> Answer { try await send("GET", "/getLogs", body) }

    /// The ping of a Virtual Kubelet.
    public func ping() async throws -> Answer { try await status("[]") }

    /// Any request.
    public func send(
        _ method: String, _ path: String, _ body: String = "", headers: [(String, String)] = []
    ) async throws -> Answer {
        guard let host = running.withLock({ $0 })?.host else { throw Ended() }
        guard let answer = try await host.answer(method, path, headers: headers, body: Array(body.utf8)) else {
            return Answer(status: 501, headers: [:], body: [])
        }
        return Answer(status: answer.status, headers: answer.headers, body: answer.body)
    }

    /// The host was ended.
    public struct Ended: Error {}

    private func start() async throws {
        let store = try await Store.open(at: folder + "/records")
        let telemetry = Telemetry(
            logger: Logger(level: .debug, to: log), metrics: HostMetrics(registry: MetricsRegistry()))
        let foundation = PluginHost.Foundation(
            store: store, clock: clock, telemetry: telemetry, commands: try CommandRunner(), loop: loops.next())
        // What is on its way to the disk is no reason to turn the clock on.
        clock.passesThrough { try? await store.perform { _ in } }
        let host = PluginHost(
            plugin: try await makePlugin(foundation.services), on: foundation, configuration: configuration)
        try await host.start()
        running.withLock { $0 = Running(host: host, store: store, commands: foundation.commands) }
    }

    private func stop() async {
        let last = running.withLock { running in
            defer { running = nil }
            return running
        }
        last?.host.stop()
        await last?.store.close()
    }
}
