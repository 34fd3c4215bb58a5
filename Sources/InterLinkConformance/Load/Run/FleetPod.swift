import InterLinkAPI
import InterLinkSystem
import KubernetesModel

/// A pod of the load on one plugin, and how far it has come.
final class FleetPod: Sendable {
    private struct State {
        var created: WallTime?
        var jobID: String?
        var isKnown = false
        var isDeleted = false
        var isFollowed = false
        var hasLogs = false
        var witness: PodWitness
    }

    /// What a request about the pod is made of.
    struct View: Sendable {
        let created: WallTime
        let jobID: String?
        let held: [ContainerStatus]
        /// Its create was answered with 200.
        let isKnown: Bool
    }

    let pod: LoadPod
    private let state: Lock<State>

    init(_ pod: LoadPod, image: String) {
        self.pod = pod
        state = Lock(State(witness: PodWitness(pod, image: image)))
    }

    /// Its create has been sent, or is about to be: from now on the plugin may have it.
    func begin(at moment: WallTime) { state.withLock { $0.created = moment } }

    /// Its create was answered; with a job's id where the answer is about this pod.
    func answered(jobID: String?) {
        state.withLock { state in
            state.jobID = jobID
            state.isKnown = true
        }
    }

    func noteDeleted() { state.withLock { $0.isDeleted = true } }

    /// What is known of it; nil before its create was sent.
    var view: View? {
        state.withLock { state in
            state.created.map {
                View(created: $0, jobID: state.jobID, held: state.witness.held, isKnown: state.isKnown)
            }
        }
    }

    /// Its node asks for it: it was created, and has not ended.
    var isPolled: Bool { state.withLock { $0.created != nil && !$0.witness.isFinal } }

    /// The plugin may have it.
    var mustBeDeleted: Bool { state.withLock { $0.created != nil && !$0.isDeleted } }

    var hasEnded: Bool { state.withLock { $0.witness.isFinal } }
    var isRunning: Bool { state.withLock { $0.witness.runSeen != nil && !$0.witness.isFinal } }
    var endSeen: WallTime? { state.withLock { $0.witness.endSeen } }

    /// What the answer to a status has brought.
    func hear(_ answers: [PodStatusAnswer], asked: View, at moment: WallTime, heard: WallTime) -> [Untruth] {
        state.withLock { state in
            let times = PodWitness.Times(created: asked.created, asked: moment, heard: heard)
            return state.witness.hear(answers, isExpected: asked.isKnown, times)
        }
    }

    /// True once: when it is time to follow its log.
    func takeFollow() -> Bool {
        state.withLock { state in
            guard pod.role == .prints, !state.isFollowed, state.witness.runSeen ?? state.witness.endSeen != nil else {
                return false
            }
            state.isFollowed = true
            return true
        }
    }

    /// True once: when it has ended and its log is to be read.
    func takeLastLog() -> Bool {
        state.withLock { state in
            guard state.witness.isFinal, state.witness.endSeen != nil, !state.hasLogs else { return false }
            state.hasLogs = true
            return true
        }
    }

    /// Compares what its log tells with what was told of it.
    func compare(_ log: LogWitness, with tally: inout StalenessTally) -> [Untruth] {
        let witness = state.withLock { $0.witness }
        if let start = log.start, let seen = witness.runSeen { tally.noteStart(start, seen: seen) }
        if let end = log.end, let seen = witness.endSeen {
            tally.noteEnd(end, seen: seen, lastAskedAlive: witness.lastAskedAlive)
        }
        return log.earlyEnd(seen: witness.endSeen).map { [$0] } ?? []
    }
}
