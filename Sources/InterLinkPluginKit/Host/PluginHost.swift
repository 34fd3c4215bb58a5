import Glibc
package import InterLinkSystem

/// A host without sockets: records, lifecycle, status engine, policy, logs and routes, put together around a plugin.
package final class PluginHost: Sendable {
    /// What a host is built on, and does not own.
    package struct Foundation: Sendable {
        package let store: Store
        package let clock: any TimeSource
        package let telemetry: Telemetry
        package let commands: CommandRunner
        package let loop: EventLoop

        package init(
            store: Store, clock: any TimeSource, telemetry: Telemetry, commands: CommandRunner, loop: EventLoop
        ) {
            self.store = store
            self.clock = clock
            self.telemetry = telemetry
            self.commands = commands
            self.loop = loop
        }

        /// What a plugin gets of it.
        package var services: PluginServices {
            PluginServices(store: store, clock: clock, telemetry: telemetry, commands: commands)
        }
    }

    /// How far it has come.
    enum Phase: Sendable {
        case starting, ready, stopping
    }

    package let lifecycle: Lifecycle
    package let engine: StatusEngine
    let configuration: HostConfiguration
    let plugin: any InterLinkPlugin
    let telemetry: Telemetry
    let clock: any TimeSource
    let ledger: PodLedger
    let observer: HostObserver
    let capacity: CapacityMonitor
    let logs: LogReader
    let answers: AnswerSettings
    let responder: StatusResponder
    let meters: RouteMeters
    private let state = Lock((phase: Phase.starting, tasks: [Task<Void, Never>]()))

    package init(
        plugin: any InterLinkPlugin, on foundation: Foundation, configuration: HostConfiguration,
        name: String = "interlink", failpoints: Failpoints = .off
    ) {
        self.plugin = plugin
        self.configuration = configuration
        telemetry = foundation.telemetry
        meters = RouteMeters(foundation.telemetry.metrics)
        clock = foundation.clock
        ledger = PodLedger(configuration.policy, runner: foundation.commands, store: foundation.store)
        let observer = HostObserver(telemetry: foundation.telemetry, ledger: ledger, clock: foundation.clock)
        self.observer = observer
        lifecycle = Lifecycle(
            plugin: plugin, store: foundation.store, clock: foundation.clock,
            settings: configuration.lifecycle, failpoints: failpoints,
            tracer: foundation.telemetry.tracer, report: { observer.note($0) })
        engine = StatusEngine(lifecycle: lifecycle)
        answers = AnswerSettings(scheme: name, holdsUntilReady: configuration.status.holdUntilReady)
        responder = StatusResponder(lifecycle: lifecycle, settings: answers)
        capacity = CapacityMonitor(
            pace: CapacityMonitor.Pace(interval: configuration.ping.capacityInterval), clock: foundation.clock
        ) { [calls = lifecycle.calls] in try await calls.observed(.capacity) { try await $0.capacity() } }
        let files = BlockingPool(name: "logs", threads: 8)
        // Without a watcher followers look now and then.
        logs = LogReader(pool: files, watcher: try? FileWatcher(loop: foundation.loop, pool: files))
        readMetrics()
    }

    var phase: Phase { state.withLock { $0.phase } }

    /// Takes over what the records know, and begins to work.
    package func start() async throws(StoreError) {
        try await lifecycle.restore()
        try await ledger.restore(lifecycle.table.all)
        let tasks = [
            Task { await lifecycle.run() }, Task { await engine.run() }, Task { await capacity.run() },
        ]
        state.withLock { $0 = (.ready, tasks) }
        telemetry.logger.info("records read", ["pods": lifecycle.table.count, "instance": lifecycle.store.instance])
    }

    /// Answers waiting creates and finishes what is under way; jobs go on running.
    package func drain(within time: Duration) async {
        state.withLock { $0.phase = .stopping }
        await lifecycle.drain(within: time)
    }

    /// Tells the next process what need not be looked for. To be called when no requests come any more.
    package func leave() async { await lifecycle.leave() }

    /// Ends all work. The records are the caller's to close.
    package func stop() {
        let tasks = state.withLock { state in
            defer { state = (.stopping, []) }
            return state.tasks
        }
        for task in tasks { task.cancel() }
    }

    private func readMetrics() {
        let table = lifecycle.table
        let clock = clock
        telemetry.metrics.readPods {
            let counts = table.all.reduce(into: [String: Int]()) { $0[$1.stateWord, default: 0] += 1 }
            return counts.sorted { $0.key < $1.key }.map { (state: $0.key, pods: $0.value) }
        }
        telemetry.metrics.readOldestStatus {
            table.all.filter { !$0.hasEnded }.compactMap(\.book.evidence).min().map { clock.now - $0 }
        }
    }
}

extension TrackedPod {
    /// Where the pod is, in one word for people and metrics.
    var stateWord: String {
        if deletion != nil { return "ending" }
        if hasEnded { return "ended" }
        switch phase {
        case .recording, .queued, .calling: return "queued"
        case .unclear: return "unclear"
        case .rejected: return "rejected"
        case .started: return book.told.contains { $0.isRunning } ? "running" : "waiting"
        }
    }
}
