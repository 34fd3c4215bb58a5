import Glibc
import InterLinkAPI
public import InterLinkBatch
public import InterLinkPluginKit
import InterLinkSystem
import KubernetesModel

/// This very machine as a queue system: jobs are started here, side by side, as far as there is room; more wait their
/// turn. For machines with GPUs, laptops, demonstrations and tests.
///
/// Jobs go on when the plugin ends, and are found again when it starts.
public struct LocalScheduler: BatchScheduler {
    /// `local://7/here/main`.
    public static let kind = "local"
    /// What a process wrote is there when it has ended.
    public static let resultsDelay = Duration.zero

    private let queue: LocalQueue
    private let capacityOfMachine: Capacity

    /// Opens the queue, and finds the jobs again that run.
    public init(configuration: LocalConfiguration, services: PluginServices) async throws {
        let setup = BlockingPool(name: "local-setup", threads: 1)
        let (machine, folder, groups) = try await setup.run {
            (Machine(), try QueueFolder(configuration.folder), ControlGroups.find(configuration.cgroup))
        }
        let room = Room(
            jobs: configuration.running ?? machine.cpus, cpus: configuration.cpus ?? machine.cpus,
            memory: configuration.memory?.bytes ?? machine.memory, gpus: configuration.gpus ?? machine.gpus)
        if case .failure(let why) = groups {
            services.logger.notice("jobs are not limited in CPU and memory", ["why": "\(why)"])
        }
        queue = try LocalQueue(
            folder: folder, room: room,
            launcher: JobLauncher(
                searchPath: configuration.searchPath, environment: configuration.environment, machine: machine),
            groups: try? groups.get(), clock: services.clock, logger: services.logger)
        capacityOfMachine = Capacity(
            cpu: Quantity("\(room.cpus)"), memory: Quantity("\(room.memory)"),
            accelerators: room.gpus > 0 ? [configuration.gpuResource: room.gpus] : [:])
        try await queue.open()
    }

    /// This machine.
    public var standingPlacements: [Placement] { [Placement(site: Self.kind)] }

    /// Puts jobs in the queue.
    public func submit(_ jobs: [BatchJob]) async -> [PodUID: Submission] { await queue.submit(jobs) }

    /// All jobs of the queue, ended ones too.
    public func list(at placement: Placement) async -> [BatchSighting] { await queue.sightings() }

    /// The queue remembers every job until it is removed.
    public func find(_ marks: [JobMark], since: Moment?, at placement: Placement) async -> [BatchSighting]? {
        let wanted = Set(marks.map(\.description))
        return await queue.sightings().filter { wanted.contains($0.mark) }
    }

    /// What became of jobs; those that are not in the queue are left out.
    public func explain(_ jobs: [TrackedJob]) async -> [PodUID: BatchSighting] {
        let known = Dictionary(
            await queue.sightings().map { ($0.handle.id, $0) }, uniquingKeysWith: { first, _ in first })
        return jobs.reduce(into: [:]) { $0[$1.uid] = known[$1.handle.id] }
    }

    /// SIGTERM to the script, SIGKILL to everything of the job after that long.
    public func stop(_ jobs: [TrackedJob], grace: Duration) async {
        for job in jobs {
            guard let id = Int(job.handle.id) else { continue }
            await queue.stop(id, mark: job.mark, after: grace)
        }
    }

    /// Forgets a job.
    public func remove(_ job: TrackedJob) async throws {
        guard let id = Int(job.handle.id) else { return }
        try await queue.remove(id, mark: job.mark)
    }

    /// All of the machine that jobs may use.
    public func capacity() async -> Capacity? { capacityOfMachine }

    /// Every start and end, at once.
    public var events: (any AsyncSequence<BatchSighting, any Error> & Sendable)? { queue.listen() }
}
