/// Where the submission of a pod stands.
package enum SubmissionPhase: Hashable, Sendable {
    /// The intent is on its way to the disk.
    case recording
    /// It is known that there is no job yet, and one shall be made.
    case queued(notBefore: Moment?)
    /// A call that may make one is open.
    case calling
    /// There may be one: the lists will tell.
    case unclear(Search)
    /// There is one, or was.
    case started(JobHandle, at: Moment)
    /// There is none and there will be none: the backend does not want it.
    case rejected(why: String)

    package var handle: JobHandle? {
        if case .started(let handle, _) = self { handle } else { nil }
    }

    /// What can be told of it while the containers are not known.
    package var waitingMessage: String {
        switch self {
        case .recording, .queued(nil): "waiting to be submitted"
        case .queued: "the backend is busy; the pod will be submitted later"
        case .calling: "being submitted"
        case .unclear(let search): "looking for the job at the backend: \(search.why)"
        case .started: "submitted"
        case .rejected(let why): why
        }
    }
}
