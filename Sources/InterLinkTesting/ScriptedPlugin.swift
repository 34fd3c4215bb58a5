public import InterLinkAPI
public import InterLinkPluginKit
import KubernetesModel

/// The plugin of a ``ScriptedBackend``.
public struct ScriptedPlugin: InterLinkPlugin {
    /// How the backend of a plugin that is started as a program behaves.
    public struct Configuration: ConfigurationSection {
        /// A file that its jobs are kept in, so that they outlive the program.
        public var journal: String?
        /// How long jobs wait.
        public var queueTime: Duration = .zero
        /// How long they run.
        public var runTime: Duration = .seconds(3600)
        /// How long each submission takes.
        public var submitTime: Duration = .zero
        /// A file that holds what every container has printed; without one, what the backend was told.
        public var output: String?
        /// Something that nobody may see.
        public var token: SensitiveText?

        /// A quick backend without a memory.
        public init() {}
    }

    /// A failure that was ordered.
    public struct OrderedFailure: Error, CustomStringConvertible {
        /// What it says.
        public let description = "a failure to order"
    }

    /// The backend that it speaks to.
    public let backend: ScriptedBackend
    private let output: String?

    /// A plugin with a backend of its own.
    public init(configuration: Configuration, services: PluginServices) {
        backend = ScriptedBackend(clock: services.clock, journal: configuration.journal)
        output = configuration.output
        backend.setJobs(queueTime: configuration.queueTime, runTime: configuration.runTime)
        if configuration.submitTime > .zero {
            backend.order(.slow(configuration.submitTime), for: .submit, times: .max)
        }
    }

    /// A plugin of that backend.
    public init(_ backend: ScriptedBackend) {
        self.backend = backend
        output = nil
    }

    /// The annotation `site`, or `here`.
    public func place(_ request: CreateRequest) throws -> Placement {
        Placement(site: request.pod.metadata.annotations?["site"] ?? "here")
    }

    /// Those that were set.
    public var standingPlacements: [Placement] { backend.standingPlacements }

    /// Accepts jobs, with the faults that were ordered for their pods.
    public func submit(_ pods: [PodSubmission]) async throws -> [PodUID: Submission] {
        backend.begin(.submit)
        var answers: [PodUID: Submission] = [:]
        for pod in pods {
            let uid = pod.pod.uid
            switch backend.fault(in: .submit, of: uid) {
            case nil: answers[uid] = .started(JobHandle(id: backend.accept(pod)))
            case .slow(let time):
                try await backend.clock.sleep(for: time)
                answers[uid] = .started(JobHandle(id: backend.accept(pod)))
            case .hang: await never()
            case .hangAfterwards:
                _ = backend.accept(pod)
                await never()
            case .fail: throw OrderedFailure()
            case .loseAnswer:
                _ = backend.accept(pod)
                throw OrderedFailure()
            case .acceptLater(let time):
                _ = backend.accept(pod, later: time)
                throw OrderedFailure()
            case .nonsense: answers[PodUID("nobody") ?? uid] = .started(JobHandle(id: "nothing"))
            case .busy(let time): answers[uid] = .busy(retryAfter: time)
            case .reject(let why): answers[uid] = .rejected(why: why)
            }
        }
        return answers
    }

    /// The live jobs, those that ended not long ago where the backend keeps them, and the strays.
    public func list(at placement: Placement) async throws -> [ListedJob] {
        backend.begin(.list)
        if let fault = backend.fault(in: .list) {
            switch fault {
            case .nonsense:
                return [ListedJob(handle: JobHandle(id: "?"), mark: "il-", observation: .unknown(why: "nonsense"))]
            default: try await suffer(fault)
            }
        }
        let now = backend.clock.now
        let listed = backend.jobs.filter { $0.isListed(at: now, keeping: backend.retention) }
        return backend.strays + listed.map { self.listed($0, at: now) }
    }

    /// All jobs with these marks that the backend ever took, unless it has no memory.
    public func find(_ marks: [JobMark], since: Moment?, at placement: Placement) async throws -> [ListedJob]? {
        guard backend.hasMemory else { return nil }
        backend.begin(.find)
        if let fault = backend.fault(in: .find) { try await suffer(fault) }
        let now = backend.clock.now
        let wanted = Set(marks.map(\.description))
        let found = backend.jobs.filter { wanted.contains($0.mark) && $0.visibleFrom <= now && !$0.isForgotten }
        return found.map { listed($0, at: now) }
    }

    /// How jobs ended.
    public func explain(_ jobs: [TrackedJob]) async throws -> [PodUID: Observation] {
        backend.begin(.explain)
        if let fault = backend.fault(in: .explain) { try await suffer(fault) }
        return observations(of: jobs)
    }

    /// The states of running jobs, when the backend offers that.
    public func refresh(_ jobs: [TrackedJob]) async throws -> [PodUID: Observation]? {
        guard backend.hasRefresh else { return nil }
        backend.begin(.refresh)
        if let fault = backend.fault(in: .refresh) { try await suffer(fault) }
        return observations(of: jobs)
    }

    /// Stops jobs at once.
    public func stop(_ jobs: [TrackedJob], grace: Duration) async throws {
        backend.begin(.stop)
        let fault = backend.fault(in: .stop, of: jobs.first?.uid)
        if let fault, fault != .loseAnswer { try await suffer(fault) }
        for job in jobs { backend.stop(job.handle.id) }
        if fault == .loseAnswer { throw OrderedFailure() }
    }

    /// Notes the removal.
    public func remove(_ job: TrackedJob) async throws {
        backend.begin(.remove)
        let fault = backend.fault(in: .remove, of: job.uid)
        if let fault, fault != .loseAnswer { try await suffer(fault) }
        backend.remove(job.handle.id)
        if fault == .loseAnswer { throw OrderedFailure() }
    }

    /// The file of the configuration, or the text that was set for the container.
    public func logs(of container: ContainerReference, in job: TrackedJob) async throws -> LogSource {
        if let output { return LogSource(.file(path: output)) }
        let text = backend.output(of: container.name, in: job.uid)
        return LogSource(
            stream: { _ in
                AsyncThrowingStream { continuation in
                    if !text.isEmpty { continuation.yield(Array(text.utf8)) }
                    continuation.finish()
                }
            })
    }

    private func suffer(_ fault: ScriptedFault) async throws {
        switch fault {
        case .slow(let time): try await backend.clock.sleep(for: time)
        case .hang, .hangAfterwards: await never()
        case .fail, .loseAnswer, .acceptLater, .nonsense, .busy, .reject: throw OrderedFailure()
        }
    }

    /// As a program that ignores being killed.
    private func never() async { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }

    private func observations(of jobs: [TrackedJob]) -> [PodUID: Observation] {
        let now = backend.clock.now
        var answers: [PodUID: Observation] = [:]
        for job in jobs {
            let found = backend.jobs.first { $0.id == job.handle.id && $0.mark == job.mark.description }
            answers[job.uid] = found.map { observation(of: $0, at: now) } ?? .absent
        }
        return answers
    }

    private func listed(_ job: ScriptedJob, at now: Moment) -> ListedJob {
        ListedJob(handle: JobHandle(id: job.id), mark: job.mark, observation: observation(of: job, at: now))
    }

    private func observation(of job: ScriptedJob, at now: Moment) -> Observation {
        if job.isForgotten || now < job.visibleFrom { return .absent }
        if let stopped = job.effectiveStop, stopped <= now, stopped < job.endsAt {
            return .gone(Ending(reason: "Cancelled", message: "job \(job.id) was cancelled"))
        }
        var state = ContainerState()
        if now < job.runsFrom {
            state.waiting = ContainerStateWaiting(reason: "Queued")
        } else if now < job.endsAt {
            state.running = ContainerStateRunning(startedAt: timestamp(job.runsFrom))
        } else {
            state.terminated = ContainerStateTerminated(
                exitCode: job.exitCode, finishedAt: timestamp(job.endsAt), startedAt: timestamp(job.runsFrom))
        }
        return .state(
            job.containers.map {
                ContainerStatus(
                    image: "", imageID: "", name: $0, ready: state.running != nil, restartCount: 0, state: state)
            })
    }

    private func timestamp(_ moment: Moment) -> Timestamp { Timestamp(secondsSinceEpoch: moment.seconds) }
}
