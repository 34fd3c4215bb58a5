/// A job that the host looks after.
public struct TrackedJob: Hashable, Sendable {
    /// The pod that it is for. A job that came after its pod was deleted has no containers here.
    public let pod: PodDigest
    /// The handle that the plugin gave.
    public let handle: JobHandle
    /// What the job carries. It is this job only if its id and its mark both match.
    public let mark: JobMark
    /// Where it runs, and as whom.
    public let placement: Placement

    /// A job from its parts.
    public init(pod: PodDigest, handle: JobHandle, mark: JobMark, placement: Placement) {
        self.pod = pod
        self.handle = handle
        self.mark = mark
        self.placement = placement
    }

    /// The pod's UID.
    public var uid: PodUID { pod.uid }
}

/// A container of a job, as a request for its logs names it.
public struct ContainerReference: Hashable, Sendable {
    /// The name in the pod.
    public let name: String
    /// What it is in its pod.
    public let role: ContainerDigest.Role

    /// A reference from its parts.
    public init(name: String, role: ContainerDigest.Role) {
        self.name = name
        self.role = role
    }
}
