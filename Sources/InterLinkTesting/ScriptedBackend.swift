import InterLinkAPI
public import InterLinkPluginKit
import InterLinkSystem
import KubernetesModel

/// A scheduler for tests: jobs that wait, run and end by the clock, and faults to order.
///
/// With a journal its jobs outlive the process, as those of a real one do.
public final class ScriptedBackend: Sendable {
    private struct Order {
        let call: ScriptedCall
        let uid: PodUID?
        let fault: ScriptedFault
        var left: Int
    }

    private struct State {
        var jobs: [ScriptedJob] = []
        var orders: [Order] = []
        var calls: [ScriptedCall: Int] = [:]
        var nextID = 1000
        var strays: [ListedJob] = []
        var queueTime: Duration = .zero
        var runTime: Duration = .seconds(3600)
        var exitCode: Int32 = 0
        var hasRefresh = false
        var outputs: [PodUID: [String: String]] = [:]
        var hasMemory = true
        var standingPlacements: [Placement] = []
        var retention: Duration = .zero
    }

    /// The clock that jobs go by.
    public let clock: any TimeSource
    private let journal: ScriptedJournal?
    private let state: Lock<State>

    /// A backend without jobs, or with those of the journal.
    public init(clock: any TimeSource, journal path: String? = nil) {
        self.clock = clock
        journal = path.map(ScriptedJournal.init)
        var state = State()
        for line in journal?.lines() ?? [] { Self.apply(line, to: &state) }
        self.state = Lock(state)
    }

    /// All jobs that were ever accepted, in that order.
    public var jobs: [ScriptedJob] { state.withLock { $0.jobs } }

    /// The jobs that carry the mark of a pod.
    public func jobs(of uid: PodUID) -> [ScriptedJob] { jobs.filter { JobMark($0.mark)?.uid == uid } }

    /// How often a call was made.
    public func count(of call: ScriptedCall) -> Int { state.withLock { $0.calls[call] ?? 0 } }

    /// Orders a fault for the next calls, of one pod or of any.
    public func order(_ fault: ScriptedFault, for call: ScriptedCall, of uid: PodUID? = nil, times: Int = 1) {
        state.withLock { $0.orders.append(Order(call: call, uid: uid, fault: fault, left: times)) }
    }

    /// How jobs that come from now on behave, unless their pods say otherwise by the annotations `run-milliseconds` and
    /// `exit-code`.
    public func setJobs(queueTime: Duration = .zero, runTime: Duration = .seconds(3600), exitCode: Int32 = 0) {
        state.withLock { ($0.queueTime, $0.runTime, $0.exitCode) = (queueTime, runTime, exitCode) }
    }

    /// The backend has a cheap way to look at running jobs.
    public func offerRefresh() { state.withLock { $0.hasRefresh = true } }

    /// How long ended jobs stay in the list. Not at all, unless set.
    public func keepEndedJobs(for retention: Duration) { state.withLock { $0.retention = retention } }

    /// From now on the backend does not remember jobs that have left the list.
    public func loseMemory() { state.withLock { $0.hasMemory = false } }

    /// What the plugin says of where jobs can be. Nothing, unless set.
    public func setStandingPlacements(_ placements: [Placement]) {
        state.withLock { $0.standingPlacements = placements }
    }

    /// Lists a job that is none of ours. What was said of it before is forgotten.
    public func addStray(_ job: ListedJob) {
        state.withLock { state in
            state.strays.removeAll { $0.handle == job.handle && $0.mark == job.mark }
            state.strays.append(job)
        }
    }

    /// Sets what a container has printed.
    public func setOutput(_ text: String, of container: String, in uid: PodUID) {
        state.withLock { $0.outputs[uid, default: [:]][container] = text }
    }

    func output(of container: String, in uid: PodUID) -> String { state.withLock { $0.outputs[uid]?[container] ?? "" } }

    /// Loses all trace of a job.
    public func forget(_ id: String) { change(.forget(id: id)) }

    var hasRefresh: Bool { state.withLock { $0.hasRefresh } }

    var hasMemory: Bool { state.withLock { $0.hasMemory } }

    var standingPlacements: [Placement] { state.withLock { $0.standingPlacements } }

    var retention: Duration { state.withLock { $0.retention } }

    var strays: [ListedJob] { state.withLock { $0.strays } }

    /// Counts a call, and gives the fault that was ordered for it.
    func begin(_ call: ScriptedCall) { state.withLock { $0.calls[call, default: 0] += 1 } }

    func fault(in call: ScriptedCall, of uid: PodUID? = nil) -> ScriptedFault? {
        state.withLock { state in
            guard
                let index = state.orders.firstIndex(where: {
                    $0.call == call && $0.left > 0 && ($0.uid == nil || $0.uid == uid)
                })
            else { return nil }
            state.orders[index].left -= 1
            return state.orders[index].fault
        }
    }

    func accept(_ pod: PodSubmission, later: Duration = .zero) -> String {
        let visible = clock.now + later
        let annotations = pod.request.pod.metadata.annotations ?? [:]
        let job = state.withLock { state in
            defer { state.nextID += 1 }
            let runs = visible + state.queueTime
            let runTime = annotations["run-milliseconds"].flatMap(Int64.init).map(Duration.milliseconds)
            return ScriptedJob(
                id: "\(state.nextID)", mark: pod.mark.description,
                containers: pod.pod.containers.map(\.name), visibleFrom: visible, runsFrom: runs,
                endsAt: runs + (runTime ?? state.runTime),
                exitCode: annotations["exit-code"].flatMap(Int32.init) ?? state.exitCode)
        }
        change(.submit(job))
        return job.id
    }

    func stop(_ id: String) { change(.stop(id: id, at: clock.now)) }

    func remove(_ id: String) { change(.remove(id: id)) }

    private func change(_ line: ScriptedJournal.Line) {
        journal?.append(line)
        state.withLock { Self.apply(line, to: &$0) }
    }

    private static func apply(_ line: ScriptedJournal.Line, to state: inout State) {
        func edit(_ id: String, _ body: (inout ScriptedJob) -> Void) {
            guard let index = state.jobs.firstIndex(where: { $0.id == id }) else { return }
            body(&state.jobs[index])
        }
        switch line {
        case .submit(let job):
            state.jobs.append(job)
            state.nextID = max(state.nextID, (Int(job.id) ?? 0) + 1)
        case .stop(let id, let at): edit(id) { if $0.effectiveStop == nil { $0.stoppedAt = at } }
        case .remove(let id): edit(id) { $0.removals += 1 }
        case .forget(let id): edit(id) { $0.isForgotten = true }
        }
    }
}
