public import InterLinkAPI

/// A pod that is to be started.
public struct PodSubmission: Sendable {
    /// Who the pod is.
    public let pod: PodDigest
    /// All that interLink sent.
    public let request: CreateRequest
    /// What ``InterLinkPlugin/place(_:)`` said.
    public let placement: Placement
    /// What the job must carry.
    public let mark: JobMark

    /// A submission from its parts.
    public init(pod: PodDigest, request: CreateRequest, placement: Placement, mark: JobMark) {
        self.pod = pod
        self.request = request
        self.placement = placement
        self.mark = mark
    }
}

/// What came of a submission.
public enum Submission: Hashable, Sendable {
    /// There is a job now, by this handle.
    case started(JobHandle)
    /// There is none and will be none: trying again would end the same way.
    case rejected(why: String)
    /// There is none, because the backend has no room or no time; it may be tried again after that long.
    case busy(retryAfter: Duration, why: String = "the backend is busy")
    /// There may be one, or be one later. When in doubt, this.
    case unclear(why: String)
}
