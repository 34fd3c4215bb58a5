/// What the host offers a plugin.
public struct PluginServices: Sendable {
    /// The id of the record store; a part of every mark.
    public let instance: String
    /// The clock that everything goes by.
    public let clock: any TimeSource
    /// Writes to the log of the host.
    public let logger: Logger
    /// The metrics that `/metrics` shows; a plugin adds its own.
    public let metrics: MetricsRegistry
    /// Makes spans, for calls that are worth seeing in a trace.
    public let tracer: Tracer
    /// Runs programs.
    public let commands: CommandRunner
    private let store: Store

    package init(store: Store, clock: any TimeSource, telemetry: Telemetry, commands: CommandRunner) {
        instance = store.instance
        self.store = store
        self.clock = clock
        self.commands = commands
        logger = telemetry.logger
        metrics = telemetry.metrics.registry
        tracer = telemetry.tracer
    }

    /// The pods that the records know, as they are now.
    package func recordedPods() async throws(StoreError) -> Set<PodUID> {
        Set(try await store.load().pods.map(\.digest.uid))
    }

    /// A durable store of keys and values for a part of the plugin.
    public func values(_ namespace: String) -> KeyValueStore { store.values(namespace: "plugin/\(namespace)") }

    /// The same for secrets: what is removed there is overwritten on the disk.
    public func credentials(_ namespace: String) -> KeyValueStore {
        store.credentials(namespace: "plugin/\(namespace)")
    }
}
