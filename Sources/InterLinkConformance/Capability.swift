/// What a plugin can do, as far as it can be seen from outside. The raw value is its name on the command line and the
/// first word of its checks' ids.
public enum Capability: String, Codable, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// Ping, create, status, delete: without these a Virtual Kubelet cannot work with the plugin.
    case core
    /// Requests that are repeated, concurrent, early or late, as Kubernetes sends them.
    case races
    /// Requests that are wrong, and must neither hurt the plugin nor be taken for right.
    case hostile
    /// What containers printed, with every option that interLink passes on.
    case logs
    /// Init containers: their order, and what their failure means.
    case initContainers = "init"
    /// Init containers with `restartPolicy: Always`, which go on beside the containers.
    case sidecars
    /// Variables, arguments and working folder, byte by byte.
    case environment = "env"
    /// ConfigMaps, Secrets, projected volumes and empty folders.
    case volumes
    /// Startup, readiness and liveness probes that run a command.
    case probes
    /// How a pod is stopped, and the time that it may take in all.
    case lifecycle
    /// Commands after the start and before the stop of a container.
    case hooks
    /// Containers that are started again.
    case restartPolicy = "restart-policy"
    /// How much room the ping tells of.
    case capacity
    /// What the plugin knows after it was started again. Needs a command that does so.
    case restart

    /// Whether it is tested without being declared: there is no plugin that may do without.
    public var isRequired: Bool {
        switch self {
        case .core, .races, .hostile: true
        case .logs, .initContainers, .sidecars, .environment, .volumes, .probes, .lifecycle, .hooks, .restartPolicy,
            .capacity, .restart:
            false
        }
    }

    /// One line for people.
    public var summary: String {
        switch self {
        case .core: "ping, create, status and delete, as a Virtual Kubelet needs them"
        case .races: "requests that are repeated, concurrent, early or late"
        case .hostile: "requests that are wrong"
        case .logs: "what containers printed, with every option"
        case .initContainers: "init containers: their order, and what their failure means"
        case .sidecars: "init containers that go on beside the containers"
        case .environment: "variables, arguments and working folder, byte by byte"
        case .volumes: "ConfigMaps, Secrets, projected volumes and empty folders"
        case .probes: "startup, readiness and liveness probes by command"
        case .lifecycle: "how a pod is stopped, and the time that it may take"
        case .hooks: "commands after the start and before the stop"
        case .restartPolicy: "containers that are started again"
        case .capacity: "how much room the ping tells of"
        case .restart: "what the plugin knows after it was started again"
        }
    }

    /// The name.
    public var description: String { rawValue }
}
