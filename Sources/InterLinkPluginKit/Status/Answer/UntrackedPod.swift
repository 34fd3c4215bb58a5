package import InterLinkAPI
import KubernetesModel

/// What can be said of a pod that the host does not track.
package enum UntrackedPod: Hashable, Sendable {
    /// Nothing: its create has not come yet, or it is not known yet what became of it.
    case leftOut
    /// It has ended, or will never run.
    case ended(reason: String, why: String)

    /// What follows from how it stands with the host.
    package init(_ reference: PodReference, standing: PodStanding) {
        // The annotation is there only after a create was answered: without it, one may still come.
        let isAnswered = reference.jobID?.isEmpty == false
        switch standing {
        case .tombstoned(let tombstone) where tombstone.isDeleted:
            self = .ended(reason: "Deleted", why: "the pod was deleted")
        case .tombstoned:
            self =
                isAnswered
                ? .ended(reason: "GivenUp", why: "the pod was given up, because nobody asked for it in time")
                : .leftOut
        // Tracked: since a moment ago. A stray has a job, which goes on or has ended as the backend alone knows.
        case .tracked, .stray, .unknown(sureSince: nil): self = .leftOut
        case .unknown:
            let job = AnswerText.bounded(reference.jobID ?? "", atMost: AnswerSettings.longestWord)
            self =
                isAnswered
                ? .ended(reason: "JobLost", why: "job \(job) is known neither to this plugin nor to its backend")
                : .leftOut
        }
    }

    /// The containers by the names of the request, all ended with the same code; nil to leave the pod out.
    func answer(to reference: PodReference) -> PodStatusAnswer? {
        guard case .ended(let reason, let why) = self, !reference.containers.isEmpty, !reference.uid.isEmpty,
            !reference.name.isEmpty
        else { return nil }
        let end = ContainerStateTerminated(
            exitCode: 137, message: AnswerText.cause(reason: reason, message: why), reason: reason)
        func statuses(_ names: [String]) -> [ContainerStatus] {
            names.map { name in
                let held = reference.held.first { $0.name == name }
                return ContainerReport(named: name, held: held, ended: end).status(id: nil)
            }
        }
        return PodStatusAnswer(
            uid: reference.uid, containers: statuses(reference.containers), name: reference.name,
            namespace: reference.namespace, jid: reference.jobID,
            initContainers: reference.initContainers.isEmpty ? nil : statuses(reference.initContainers))
    }
}
