package import InterLinkPluginKit

/// A container, worked out.
package struct ContainerPlan: Equatable, Sendable {
    package var name: String
    package var role: ContainerDigest.Role
    /// When it is started again: worked out from the pod's policy, its role and its own policy.
    package var restartPolicy = PodDigest.RestartPolicy.never
    /// What the runtime is given as the image, after prefix rules: `docker://…`, `/images/x.sif`, a folder.
    package var image: String
    package var pullPolicy = ImagePullRule.ifNotPresent
    /// Replaces the image's entrypoint; nil leaves it. `$(VAR)` is expanded.
    package var command: [String]?
    /// Replaces the image's arguments; nil leaves them. `$(VAR)` is expanded.
    package var arguments: [String]?
    /// In order, each name once, the values to the byte. The image's own environment lies below it.
    package var environment: [EnvironmentVariable] = []
    package var workingDirectory: String?
    package var mounts: [MountPlan] = []
    package var startupProbe: ProbePlan?
    package var readinessProbe: ProbePlan?
    package var livenessProbe: ProbePlan?
    package var postStart: HookPlan?
    package var preStop: HookPlan?
    /// `/dev/termination-log` unless the pod says otherwise.
    package var terminationMessagePath = "/dev/termination-log"
    /// The end of the log is the message of a container that failed and wrote none.
    package var messageFallsBackToLog = false
    /// The signal that asks it to end.
    package var stopSignal = "TERM"
    /// Numeric users and groups, where policy allows them.
    package var user: Int?
    package var group: Int?
    package var readOnlyRoot = false
    package var gpus: GPUKind?
    /// Bytes of address space that each of its processes may have, where the site enforces memory that way.
    package var addressSpace: Int?

    package init(name: String, role: ContainerDigest.Role, image: String) {
        self.name = name
        self.role = role
        self.image = image
    }
}

package struct EnvironmentVariable: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// When an image is fetched.
package enum ImagePullRule: Equatable, Sendable {
    case always, ifNotPresent, never
}

/// Which devices a container sees.
package enum GPUKind: Equatable, Sendable {
    case nvidia, amd
}

/// A check of a running container.
package struct ProbePlan: Equatable, Sendable {
    package var action: ProbeAction
    package var initialDelay = 0
    package var period = 10
    package var timeout = 1
    package var successThreshold = 1
    package var failureThreshold = 3
    /// Seconds for the container to end when this probe ends it; nil takes the pod's.
    package var grace: Int?

    package init(_ action: ProbeAction) { self.action = action }
}

/// What a probe or a hook does; ports are numbers by now.
package enum ProbeAction: Equatable, Sendable {
    /// In the view of the running container.
    case exec([String])
    case http(host: String, port: Int, path: String, headers: [EnvironmentVariable])
    case tcp(host: String, port: Int)
    /// Only as a hook.
    case sleep(seconds: Int)
}

package struct HookPlan: Equatable, Sendable {
    package var action: ProbeAction

    package init(_ action: ProbeAction) { self.action = action }
}
