public import KubernetesModel

/// What was seen of a job.
public enum Observation: Equatable, Sendable {
    /// The containers, as far as they are known. Attempts count the starts of one job, the first being 1.
    case state([ContainerStatus], attempt: Int = 1)
    /// The backend answered, and knows nothing of the job. Alone it proves nothing.
    case absent
    /// It could not be found out.
    case unknown(why: String)
    /// A record shows that the job has ended, though not how each container did. Those without an end get code 137.
    case gone(Ending)
}

/// The proof that a job has ended.
public struct Ending: Hashable, Sendable {
    /// One word, as Kubernetes uses them: `OOMKilled`, `DeadlineExceeded`, `NodeLost`.
    public let reason: String
    /// What happened, for people: a Virtual Kubelet shows this and hides the reason.
    public let message: String

    /// An ending from its cause.
    public init(reason: String, message: String) {
        self.reason = reason
        self.message = message
    }
}
