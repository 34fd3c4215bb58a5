public import InterLinkAPI
public import InterLinkPluginKit
import InterLinkSystem

/// Pods as jobs of a queue system: the whole plugin, around a ``BatchScheduler``.
///
/// ```swift
/// @main struct Main {
///     static func main() async {
///         await PluginMain.run(
///             BatchPlugin<GridEngine>.self, name: "interlink-sge", version: "1.0.0",
///             options: [BatchPlugin<GridEngine>.scriptOption])
///     }
/// }
/// ```
/// Each pod has a folder below `workspace.root`, which holds what its job needs and what it leaves behind. The job is one
/// bash script, which runs the containers and writes down what becomes of them.
public struct BatchPlugin<Scheduler: BatchScheduler>: InterLinkPlugin {
    /// The common keys, and the scheduler's own under its kind.
    public typealias Configuration = BatchConfiguration<Scheduler>

    let scheduler: Scheduler
    let configuration: Configuration
    let composer: JobComposer
    let root: WorkspaceRoot
    let pool: BlockingPool
    let book = JobBook()
    let observer: JobObserver
    let instance: String
    let logger: Logger
    private let janitor: Janitor?

    /// Opens the root of the workspaces, tells of folders that belong to no pod, and makes the scheduler ready.
    public init(configuration: Configuration, services: PluginServices) async throws {
        try await self.init(configuration: configuration, services: services) {
            try await Scheduler(configuration: configuration.scheduler, services: services)
        }
    }

    /// With a scheduler that is made elsewhere.
    package init(
        configuration: Configuration, services: PluginServices, makeScheduler: () async throws -> Scheduler
    ) async throws {
        self.configuration = configuration
        let settings = configuration.workspace
        instance = services.instance
        logger = services.logger
        composer = JobComposer(configuration)
        let pool = BlockingPool(name: "workspaces", threads: settings.threads)
        self.pool = pool
        let root = try await pool.run { try WorkspaceRoot(settings.root) }
        self.root = root
        var policy = EvidencePolicy(resultsWait: settings.resultsWait)
        policy.outOfMemory = configuration.evidence.outOfMemory
        observer = JobObserver(
            kind: Scheduler.kind, root: root, pool: pool, book: book, policy: policy, clock: services.clock,
            logger: services.logger)
        janitor =
            settings.retention > .zero
            ? Janitor(root, keeping: settings.retention, pool: pool, clock: services.clock, logger: services.logger)
            : nil
        let recorded = try await services.recordedPods()
        let inventory = try await pool.run { [instance] in
            try root.recover()
            return try WorkspaceInventory(of: root, instance: instance, recorded: recorded)
        }
        for file in inventory.pods { book.add(file.pod, file.mark, at: nil) }
        for name in inventory.strays {
            logger.warning("a workspace belongs to no pod; look at it and remove it", ["path": "\(root.path)/\(name)"])
        }
        scheduler = try await makeScheduler()
    }

    /// What the scheduler says. A pod that cannot run here is refused with all the reasons.
    public func place(_ request: CreateRequest) throws -> Placement {
        try composer.objections(to: request)
        return try scheduler.place(request)
    }

    /// What the scheduler says.
    public func capacity() async throws -> Capacity? { try await scheduler.capacity() }

    /// What the scheduler says.
    public var standingPlacements: [Placement] { scheduler.standingPlacements }

    /// Asks jobs to end: their supervisors time the grace, and the scheduler kills some seconds later.
    public func stop(_ jobs: [TrackedJob], grace: Duration) async throws {
        if scheduler.sharesFilesystem { await writeGrace(grace, for: jobs) }
        try await scheduler.stop(jobs, grace: grace + configuration.workspace.killMargin)
    }

    /// A delete may give more or less time than the pod's own grace: the supervisor reads it when it is asked to end.
    private func writeGrace(_ grace: Duration, for jobs: [TrackedJob]) async {
        let text = Array("\(max(0, grace.components.seconds))\n".utf8)
        try? await pool.run { [root] in
            for job in jobs {
                guard let name = WorkspaceName(namespace: job.pod.namespace, uid: job.uid) else { continue }
                // Without it the pod's own grace holds.
                try? root.open(name.description)?.folder(WorkspaceLayout.run)?
                    .replace("grace", text, mode: 0o600, isDurable: false)
            }
        }
    }

    /// Removes what the scheduler keeps of a job, and its workspace.
    public func remove(_ job: TrackedJob) async throws {
        // Its pod has ended, but a job that was to end with it may still be there.
        if let sighting = book.entry(job.uid)?.sighting, sighting.handle.id == job.handle.id, sighting.state.isLive {
            try await scheduler.stop([job], grace: .zero)
        }
        try await scheduler.remove(job)
        try await removeWorkspace(of: job.pod, mark: job.mark, keepingLogs: configuration.workspace.retention > .zero)
        book.remove(job.uid)
    }

    /// Removes the workspace of a pod, if it is this mark's.
    func removeWorkspace(of pod: PodDigest, mark: JobMark, keepingLogs: Bool) async throws {
        guard let name = WorkspaceName(namespace: pod.namespace, uid: pod.uid) else { return }
        try await pool.run { [root] in
            guard let folder = try root.open(name.description) else { return }
            if let bytes = try? folder.read(PodFile.name, atMost: PodFile.limit), let file = PodFile(bytes),
                file.mark != mark
            {
                throw ForeignWorkspace(path: folder.path, mark: file.mark)
            }
            if keepingLogs { try root.keep(name) } else { try root.remove(name) }
        }
    }
}

/// A workspace that is not to be touched.
struct ForeignWorkspace: Error, CustomStringConvertible {
    let path: String
    let mark: JobMark

    var description: String { "\(path) is the workspace of \(mark), and is left alone" }
}

extension BatchJobState {
    /// It is in the queue, or runs.
    var isLive: Bool {
        switch self {
        case .queued, .held, .running: true
        case .ended, .unknown: false
        }
    }
}
