import Glibc
import InterLinkAPI
import InterLinkSystem
import InterLinkTesting
import KubernetesModel
import LosslessJSON
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// A host over a scripted backend, with a clock to turn.
final class Rig: Sendable {
    let clock = TurnableClock()
    let backend: ScriptedBackend
    let fixture: StoreFixture
    let settings: LifecycleSettings
    private let tracer: Tracer
    private let host: Lock<Host>
    let notes = Lock<[HostNote]>([])

    struct Host: Sendable {
        let store: Store
        let lifecycle: Lifecycle
        let engine: StatusEngine
        let tasks: [Task<Void, Never>]
    }

    init(tracer: Tracer = .off, _ change: (inout LifecycleSettings) -> Void = { _ in }) async throws {
        var settings = LifecycleSettings()
        change(&settings)
        self.settings = settings
        self.tracer = tracer
        fixture = try StoreFixture()
        backend = ScriptedBackend(clock: clock)
        let notes = notes
        let store = try await Store.open(at: fixture.path)
        host = Lock(
            Self.start(store, backend, clock, settings, tracer) { note in notes.withLock { $0.append(note) } })
        clock.passesThrough { [weak self] in
            guard let self else { return }
            // A closed store is as good as an idle one.
            _ = try? await self.store.perform { _ in }
            _ = await self.lifecycle.isQuiet
        }
    }

    var lifecycle: Lifecycle { host.withLock { $0.lifecycle } }
    var engine: StatusEngine { host.withLock { $0.engine } }
    var store: Store { host.withLock { $0.store } }

    private static func start(
        _ store: Store, _ backend: ScriptedBackend, _ clock: TurnableClock, _ settings: LifecycleSettings,
        _ tracer: Tracer, _ report: @escaping Reporter
    ) -> Host {
        let lifecycle = Lifecycle(
            plugin: ScriptedPlugin(backend), store: store, clock: clock, settings: settings, tracer: tracer,
            report: report)
        let engine = StatusEngine(lifecycle: lifecycle)
        return Host(
            store: store, lifecycle: lifecycle, engine: engine,
            tasks: [Task { await lifecycle.run() }, Task { await engine.run() }])
    }

    /// Ends the host without any farewell, and starts another one on its records, or on none.
    func restart(after pause: Duration = .zero, losingRecords: Bool = false) async throws {
        let old = host.withLock { $0 }
        for task in old.tasks { task.cancel() }
        await old.store.close()
        await clock.turn(by: pause)
        if losingRecords { for end in ["", "-wal", "-shm"] { unlink(fixture.path + end) } }
        let notes = notes
        let store = try await Store.open(at: fixture.path)
        let new = Self.start(store, backend, clock, settings, tracer) { note in notes.withLock { $0.append(note) } }
        try await new.lifecycle.restore()
        host.withLock { $0 = new }
        await clock.quiet()
    }

    func end() async {
        let last = host.withLock { $0 }
        for task in last.tasks { task.cancel() }
        await last.store.close()
    }

    /// Starts a create, and returns when it waits for nothing but the clock or has ended.
    func create(_ number: Int, image: String = "busybox") async throws -> Task<CreateAnswer, any Error> {
        let request = try Self.request(number, image: image)
        let lifecycle = lifecycle
        let task = Task { try await lifecycle.create(request) }
        await clock.quiet()
        return task
    }

    /// A create that was answered, as interLink knows.
    func createAndAnswer(_ number: Int) async throws {
        _ = try await create(number).value
        await lifecycle.answered(try uid(number), delivered: true)
    }

    func delete(_ number: Int) async throws {
        var reference = PodReference()
        reference.uid = try uid(number).text
        reference.namespace = "space"
        reference.name = "pod-\(number)"
        try await lifecycle.delete(reference)
        await clock.quiet()
    }

    /// Turns the clock in steps until something holds.
    func turn(
        by step: Duration = .seconds(5), atMost limit: Duration = .seconds(7200),
        _ comment: Comment = "it never came about", sourceLocation: SourceLocation = #_sourceLocation,
        until condition: () async throws -> Bool
    ) async throws {
        var turned = Duration.zero
        while try await !condition() {
            guard turned < limit else {
                Issue.record(comment, sourceLocation: sourceLocation)
                return
            }
            await clock.turn(by: step)
            turned += step
        }
    }

    func view(_ number: Int) throws -> PodView? { lifecycle.view(of: try uid(number), jobID: nil) }

    func tracked(_ number: Int) throws -> TrackedPod? { lifecycle.table.pod(try uid(number)) }

    /// The jobs of a pod that the backend ever took.
    func jobs(_ number: Int) throws -> [ScriptedJob] { backend.jobs(of: try uid(number)) }

    func liveJobs(_ number: Int) throws -> Int { try jobs(number).count { $0.isLive(at: clock.now) } }

    static func request(_ number: Int, image: String = "busybox") throws -> CreateRequest {
        let body = """
            {"pod": {"metadata": {"uid": "\(try uid(number))", "name": "pod-\(number)", "namespace": "space"},
                "spec": {"restartPolicy": "Never", "terminationGracePeriodSeconds": 10, "containers": [
                    {"name": "main", "image": "\(image)", "command": ["sleep"], "resources": {}},
                    {"name": "side", "image": "busybox", "resources": {}}]}},
                "container": []}
            """
        return try JSON.decode(CreateRequest.self, from: Array(body.utf8))
    }
}
