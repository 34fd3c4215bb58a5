/// Something that a plugin told, and that is not so.
public struct Untruth: Hashable, Sendable {
    /// What kinds of untruth there are.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The first status of an answer is about a pod that was not asked for.
        case otherPod = "other-pod"
        /// There are statuses behind the first, of pods that were not asked for.
        case unaskedPods = "unasked-pods"
        /// A pod whose create was answered is not known.
        case forgotten
        /// The list of containers is empty.
        case noContainers = "no-containers"
        /// The containers are not those of the pod, or not in their order.
        case wrongContainers = "wrong-containers"
        /// A container neither waits, nor runs, nor has ended.
        case noState = "no-state"
        /// A container that had ended does so no more, or with another code.
        case takenBack = "taken-back"
        /// A container that ran waits again, and was not restarted.
        case backToWaiting = "back-to-waiting"
        /// A container ended with a code that is not its own.
        case wrongExitCode = "wrong-exit-code"
        /// A container that goes on until its pod is deleted is told to have ended.
        case wrongEnd = "wrong-end"
        /// A container is told to have ended before it did.
        case toldTooEarly = "told-too-early"
        /// A time lies before the pod, or in the future, or an end before its start.
        case impossibleTime = "impossible-time"
        /// The answer to a create names another pod, or no job.
        case wrongCreateAnswer = "wrong-create-answer"
        /// A log has lines of another pod.
        case otherLog = "other-log"
        /// The log of a container that was told to have ended lacks what it printed.
        case logIncomplete = "log-incomplete"
        /// What a container prints once is there twice: the pod ran twice, or the log repeats itself.
        case ranTwice = "ran-twice"
        /// A followed log ended before its container did.
        case followEndedEarly = "follow-ended-early"
        /// A followed log did not end when its container had.
        case followDidNotEnd = "follow-did-not-end"

        /// One sentence: what it does to interLink and to people.
        public var meaning: String {
            switch self {
            case .otherPod: "The status of the pod that was asked for is not updated; another one's may be."
            case .unaskedPods: "The API server keeps them, and may answer later from what is old by then."
            case .forgotten: "The pod keeps its last state for ever, whatever becomes of its job."
            case .noContainers: "The Virtual Kubelet takes an empty list for a pod that has succeeded."
            case .wrongContainers:
                "The Virtual Kubelet judges a pod by the containers in the answer: it ends early, or crashes."
            case .noState: "A container without a state leaves its pod as it is, for ever."
            case .takenBack: "Kubernetes refuses it, and controllers may have acted on the end."
            case .backToWaiting:
                "A pod that was Running never becomes Pending again; people see a state that is not so."
            case .wrongExitCode: "A failed pod passes for a good one, or a good one is run again."
            case .wrongEnd: "The pod is given up while its job runs on."
            case .toldTooEarly: "Whoever waits for the end reads results that are not there yet."
            case .impossibleTime: "Times are what people find out with what has happened."
            case .wrongCreateAnswer: "The Virtual Kubelet cannot take the pod up again after a restart."
            case .otherLog: "People read somebody else's output, which may be secret."
            case .logIncomplete: "When the end is told, the log is read, once."
            case .ranTwice: "Two jobs for one pod spoil each other's results."
            case .followEndedEarly: "kubectl logs -f ends as if all was said."
            case .followDidNotEnd: "kubectl logs -f hangs, and so does a connection of the plugin."
            }
        }
    }

    /// Which kind.
    public let kind: Kind
    /// What was told, and what is so.
    public let detail: String
}
