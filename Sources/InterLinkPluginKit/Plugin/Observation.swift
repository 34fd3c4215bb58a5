public import KubernetesModel

/// What was seen of a job.
public enum Observation: Equatable, Sendable {
    /// How the containers are now, as far as they are known. Attempts count the starts of one job, the first being 1.
    ///
    /// A Virtual Kubelet takes an end for final, and never looks again at a pod whose containers have all ended. So a
    /// container that ended, and may be started again by the restartPolicy of its pod, is told as a kubelet tells it:
    /// waiting, `CrashLoopBackOff`, with its last state. Pass on what the backend says; the host takes care of that.
    ///
    /// An end is final at once where the policy allows no restart: `Never`; `OnFailure` and exit code 0; an init
    /// container with exit code 0. Native sidecars are always started again. Any other end becomes final when the job is
    /// no more: by ``ended(_:attempt:)``, by ``gone(_:)``, or when the job has left the list.
    case state([ContainerStatus], attempt: Int = 1)
    /// The job has ended, and so its containers have: nothing is started again, whatever the restartPolicy.
    ///
    /// A container without an end here gets code 137, unless it never began because one before it failed.
    case ended([ContainerStatus], attempt: Int = 1)
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
