import InterLinkAPI
import InterLinkSystem
import KubernetesModel

/// A pod of a check: what was sent of it, and what became of it.
final class LivePod: Sendable {
    private struct State {
        var story: PodStory
        var sight: PodSight?
        var wasSent = false
        var deletions = 0
        var isGone = false
    }

    let plan: PodPlan
    let body: CreateBody
    let name: String
    let namespace: String
    let uid: String
    private let state: Lock<State>

    init(_ plan: PodPlan, _ body: CreateBody) {
        self.plan = plan
        self.body = body
        name = body.pod.metadata.name ?? ""
        namespace = body.pod.metadata.namespace ?? ""
        uid = body.pod.metadata.uid ?? ""
        state = Lock(State(story: PodStory(body.whole, sent: body.pod)))
    }

    /// The pod as a Virtual Kubelet holds it now.
    var held: Pod { state.withLock { $0.story.kubelet.pod } }

    /// As it is deleted: one that may be running with its deletion times, another without.
    func deleted(at now: Timestamp) -> Pod {
        var pod = held
        let isRunning = pod.status?.containerStatuses?.contains { $0.state?.running != nil } ?? false
        if isRunning {
            pod.metadata.deletionTimestamp = now
            pod.metadata.deletionGracePeriodSeconds = plan.grace
        }
        return pod
    }

    /// What was seen last.
    var sight: PodSight? { state.withLock { $0.sight } }

    /// A create was sent, whatever came of it.
    var wasSent: Bool { state.withLock { $0.wasSent } }

    func sent() { state.withLock { $0.wasSent = true } }

    func accepted(jobID: String) { state.withLock { $0.story.accepted(jobID: jobID) } }

    var deletions: Int { state.withLock { $0.deletions } }

    func wasDeleted() { state.withLock { $0.deletions += 1 } }

    var isGone: Bool { state.withLock { $0.isGone } }

    func wentAway() { state.withLock { $0.isGone = true } }

    /// Takes an answer in. After a delete a Virtual Kubelet asks no more, and nothing is judged.
    func take(_ answers: [PodStatusAnswer]?, text: String) -> (PodSight, [PodStory.Offence]) {
        state.withLock { state in
            let offences = state.deletions == 0 ? answers.map { state.story.take($0) } ?? [] : []
            let answer = answers?.first.flatMap { $0.uid == uid ? $0 : nil }
            let sight = PodSight(spec: body.pod.spec, answer: answer, text: text, story: state.story)
            state.sight = sight
            return (sight, offences)
        }
    }
}
