/// What the host remembers of a pod: who it is and what it is made of. The body itself is not kept.
public struct PodDigest: Hashable, Sendable {
    /// When containers are started again.
    public enum RestartPolicy: String, Hashable, Sendable {
        /// Whatever the exit code.
        case always = "Always"
        /// After an exit code that is not zero.
        case onFailure = "OnFailure"
        /// Never.
        case never = "Never"
    }

    /// The UID that Kubernetes gave.
    public let uid: PodUID
    /// The namespace of the pod.
    public let namespace: String
    /// The name of the pod.
    public let name: String
    /// The virtual node that the pod was bound to.
    public let node: String
    /// When containers are started again.
    public let restartPolicy: RestartPolicy
    /// How long the pod may take to end after it was asked to.
    public let grace: Duration
    /// Init containers in order, then containers in order, as they were created.
    public let containers: [ContainerDigest]

    /// A digest from its parts.
    public init(
        uid: PodUID, namespace: String, name: String, node: String, restartPolicy: RestartPolicy, grace: Duration,
        containers: [ContainerDigest]
    ) {
        self.uid = uid
        self.namespace = namespace
        self.name = name
        self.node = node
        self.restartPolicy = restartPolicy
        self.grace = grace
        self.containers = containers
    }
}

/// What the host remembers of a container.
public struct ContainerDigest: Hashable, Sendable {
    /// What a container is in its pod.
    public enum Role: Int, Hashable, Sendable {
        /// Runs to its end before the containers start.
        case initial = 0
        /// An init container that goes on beside the containers (`restartPolicy: Always`).
        case sidecar = 1
        /// An ordinary container.
        case regular = 2
    }

    /// The name in the pod.
    public let name: String
    /// The image as the pod asks for it.
    public let image: String
    /// What it is in its pod.
    public let role: Role
    /// A hash of what it runs, by which a repeated create is told from a different one.
    public let fingerprint: UInt64

    /// A digest from its parts.
    public init(name: String, image: String, role: Role, fingerprint: UInt64) {
        self.name = name
        self.image = image
        self.role = role
        self.fingerprint = fingerprint
    }
}
