public import InterLinkAPI

/// A backend for pods: what a site writes, and all that it has to.
///
/// The host does the rest: it keeps records, answers interLink from memory, repeats what may be repeated and never what
/// may not. Every method may be called concurrently for different pods; for one pod the calls are ordered. A method that
/// throws says *I do not know what came of it*; the host then finds out by ``list(at:)``. So an error that is misjudged
/// can delay a job, but neither lose nor double it.
///
/// ```swift
/// struct Queue: InterLinkPlugin {
///     let configuration: Settings
///     init(configuration: Settings, services: PluginServices) { self.configuration = configuration }
///
///     func place(_ request: CreateRequest) -> Placement { Placement(site: "here", partition: configuration.queue) }
///     func submit(_ pods: [PodSubmission]) async throws -> [PodUID: Submission] { … }
///     func list(at placement: Placement) async throws -> [ListedJob] { … }
///     func explain(_ jobs: [TrackedJob]) async throws -> [PodUID: Observation] { … }
///     func stop(_ jobs: [TrackedJob], grace: Duration) async throws { … }
///     func remove(_ job: TrackedJob) async throws { … }
///     func logs(of container: ContainerReference, in job: TrackedJob) async throws -> LogSource { … }
/// }
/// ```
public protocol InterLinkPlugin: Sendable {
    /// The plugin's own part of the configuration file.
    associatedtype Configuration: Decodable & Sendable

    /// Makes the plugin ready for calls. What it throws ends the program with that text.
    init(configuration: Configuration, services: PluginServices) async throws

    /// Where a pod's job shall run, and as whom. Pure: it follows from the request and the configuration alone.
    ///
    /// What it throws refuses the pod, with that text.
    func place(_ request: CreateRequest) throws -> Placement

    /// Starts jobs, and says of each pod what came of it. A pod that the answer leaves out is *unclear*.
    ///
    /// All pods of a call have the same placement. Each job must carry its ``PodSubmission/mark`` from the moment that the
    /// backend knows of it. The host never calls this for a pod while an earlier call may have started one.
    func submit(_ pods: [PodSubmission]) async throws -> [PodUID: Submission]

    /// All jobs at a placement that carry the mark of any interLink plugin, ours and others.
    ///
    /// An answer is taken for complete: throw rather than return a part. One call, however many jobs.
    func list(at placement: Placement) async throws -> [ListedJob]

    /// The jobs that carry one of these marks, whether they are still listed or have ended and left the list.
    ///
    /// The host asks before it concludes that a job was never submitted, and only for what the lists did not show: a job
    /// that ran to its end while the host was down is in no list any more, and to submit it again would run it twice.
    /// Answer every job with one of the marks, and of each how it ended; what is left out was never there. Throw when
    /// the memory could not be asked: nothing is concluded then, and the host asks again.
    ///
    /// Nil, the default, says that there is no memory, or none that reaches back to `since`. That is not an empty
    /// answer: it proves nothing. The host then goes by the lists alone, and does not submit a pod again that was out of
    /// its sight for more than some minutes, but reports that it failed.
    ///
    /// - SLURM: `sacct --name MARK,… --starttime SINCE`, all states; nil where accounting is not stored.
    /// - HTCondor: `condor_q`, then `condor_history`, with a constraint on the attribute that holds the mark.
    /// - Grid Engine, PBS, LSF: `qacct -j NAME`, `qstat -x`, `bhist -a -J NAME`.
    /// - A service: its jobs with that label, ended ones too.
    /// - A workspace that outlives the job: its closing record, if the workspace is made before the submission and the
    ///   scheduler's id is written into it by the job.
    ///
    /// A plugin of a backend without a memory can make one: submit the job held, write its id into
    /// ``PluginServices/values(_:)``, release it, and answer from there.
    ///
    /// None of them can have been made before `since`, which leaves an hour for clocks that differ. Nil: as far back as the
    /// memory goes.
    func find(_ marks: [JobMark], since: Moment?, at placement: Placement) async throws -> [ListedJob]?

    /// What became of jobs that have left the list. They share one placement; check the mark as well as the id, since
    /// ids are used again.
    func explain(_ jobs: [TrackedJob]) async throws -> [PodUID: Observation]

    /// What a cheap look shows of jobs that may be running: state files, a local agent. Called every few seconds.
    ///
    /// Nil: there is no cheap way, and the host does not ask again. That is the default.
    func refresh(_ jobs: [TrackedJob]) async throws -> [PodUID: Observation]?

    /// Asks jobs to end, with that much time to do so before they are killed. A job that has ended already is no error.
    ///
    /// Return when the backend has taken the order; the host sees the end by itself.
    func stop(_ jobs: [TrackedJob], grace: Duration) async throws

    /// Removes what is left of a job that has ended: records, files. Again and again is the same as once.
    func remove(_ job: TrackedJob) async throws

    /// The output of a container.
    func logs(of container: ContainerReference, in job: TrackedJob) async throws -> LogSource

    /// How much room there is in all, used or not. Nil, the default: say nothing.
    func capacity() async throws -> Capacity?

    /// News that the backend pushes. Nil, the default: it does not. The host lists all the same, only less often.
    var events: (any AsyncSequence<Event, any Error> & Sendable)? { get }

    /// All placements that pods may have, as far as they are known without a request: they are listed even when the
    /// records know of no pod there, as after their loss. Default: none. Then a pod that the records have lost is never
    /// called lost, since nobody can say where to look for its job.
    var standingPlacements: [Placement] { get }
}

extension InterLinkPlugin {
    /// No memory.
    public func find(_ marks: [JobMark], since: Moment?, at placement: Placement) async throws -> [ListedJob]? { nil }

    /// No cheap way.
    public func refresh(_ jobs: [TrackedJob]) async throws -> [PodUID: Observation]? { nil }

    /// Nothing said.
    public func capacity() async throws -> Capacity? { nil }

    /// No news pushed.
    public var events: (any AsyncSequence<Event, any Error> & Sendable)? { nil }

    /// None.
    public var standingPlacements: [Placement] { [] }
}
