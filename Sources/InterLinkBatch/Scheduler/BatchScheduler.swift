public import InterLinkAPI
public import InterLinkPluginKit

/// A queue system: submit, list, explain, stop. Everything else about pods is done by ``BatchPlugin``.
///
/// The same rules as for `InterLinkPlugin`: throw when you do not know, and mark every job from the moment that the
/// scheduler knows of it. Where a scheduler speaks text, write pure functions (arguments in, parsed output out), so that
/// they are tested without one.
///
/// ```swift
/// struct GridEngine: BatchScheduler {
///     struct Configuration: ConfigurationSection { var queue = "all.q" }
///     static let kind = "sge"
///     let settings: Configuration
///     let commands: CommandRunner
///
///     init(configuration: Configuration, services: PluginServices) { … }
///     func submit(_ jobs: [BatchJob]) async throws -> [PodUID: Submission] { … }   // qsub -N MARK
///     func list(at placement: Placement) async throws -> [BatchSighting] { … }     // qstat -xml
///     func explain(_ jobs: [TrackedJob]) async throws -> [PodUID: BatchSighting] { … }   // qacct -j NAME
///     func stop(_ jobs: [TrackedJob], grace: Duration) async throws { … }          // qdel
/// }
/// ```
public protocol BatchScheduler: Sendable {
    /// The scheduler's part of the configuration.
    associatedtype Configuration: ConfigurationSection

    /// One word for container ids: `slurm`, as in `slurm://123/node7/main`.
    static var kind: String { get }

    /// Makes the scheduler ready for calls. What it throws ends the program with that text.
    init(configuration: Configuration, services: PluginServices) async throws

    /// How long what a job wrote last may take to become visible here, after the scheduler has seen the job end: the
    /// default of `workspace.resultsWait`. Default: half a minute, which is what network filesystems keep things for.
    static var resultsDelay: Duration { get }

    /// Where a pod's job shall run, and as whom. Pure. What it throws refuses the pod. Default: a placement whose site is
    /// ``kind``.
    func place(_ request: CreateRequest) throws -> Placement

    /// What is wrong with a pod for this scheduler, before anything is made: a forged directive, an unknown flavor. What
    /// it throws refuses the pod; it may change what the job asks for. Default: everything is right.
    func prepare(_ resources: inout JobResources, for request: CreateRequest) throws

    /// Submits jobs, and says of each what came of it. What the answer leaves out is *unclear*.
    func submit(_ jobs: [BatchJob]) async throws -> [PodUID: Submission]

    /// All jobs at a placement that carry the mark of any interLink plugin. One call, however many jobs; complete, or
    /// it throws.
    func list(at placement: Placement) async throws -> [BatchSighting]

    /// The jobs with these marks, ended ones too: see `InterLinkPlugin/find(_:since:at:)`. Nil, the default: there is no
    /// memory.
    func find(_ marks: [JobMark], since: Moment?, at placement: Placement) async throws -> [BatchSighting]?

    /// What became of jobs that have left the list. What is left out is not known to the scheduler any more.
    func explain(_ jobs: [TrackedJob]) async throws -> [PodUID: BatchSighting]

    /// Asks jobs to end: SIGTERM to the script alone, SIGKILL to everything after that long.
    func stop(_ jobs: [TrackedJob], grace: Duration) async throws

    /// Removes what the scheduler keeps of a job that has ended. Default: nothing.
    func remove(_ job: TrackedJob) async throws

    /// Whether jobs see the workspaces at the same path as the plugin. Where they do not, ``BatchJob/archive`` takes the
    /// files to the job, and ``files(of:)`` brings states and logs back. Default: they do.
    var sharesFilesystem: Bool { get }

    /// The files of a job whose workspace is not on a shared filesystem. Nil, the default: it is.
    func files(of job: TrackedJob) -> (any JobFiles)?

    /// How much room there is in all. Nil, the default: say nothing.
    func capacity() async throws -> Capacity?

    /// All placements that pods may have: see `InterLinkPlugin/standingPlacements`. Default: none.
    var standingPlacements: [Placement] { get }

    /// Jobs of which the scheduler has news. Nil, the default: it does not push.
    var events: (any AsyncSequence<BatchSighting, any Error> & Sendable)? { get }
}

extension BatchScheduler {
    /// Half a minute.
    public static var resultsDelay: Duration { .seconds(30) }

    /// They do.
    public var sharesFilesystem: Bool { true }

    /// None.
    public var standingPlacements: [Placement] { [] }

    /// The one place there is.
    public func place(_ request: CreateRequest) throws -> Placement { Placement(site: Self.kind) }

    /// Everything is right.
    public func prepare(_ resources: inout JobResources, for request: CreateRequest) throws {}

    /// No memory.
    public func find(_ marks: [JobMark], since: Moment?, at placement: Placement) async throws -> [BatchSighting]? {
        nil
    }

    /// Nothing is kept.
    public func remove(_ job: TrackedJob) async throws {}

    /// The filesystem is shared.
    public func files(of job: TrackedJob) -> (any JobFiles)? { nil }

    /// Nothing said.
    public func capacity() async throws -> Capacity? { nil }

    /// No news pushed.
    public var events: (any AsyncSequence<BatchSighting, any Error> & Sendable)? { nil }
}
