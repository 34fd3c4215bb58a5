import KubernetesModel

@testable import InterLinkPluginKit

/// Container statuses in few words.
enum Seen: String, Sendable {
    case waiting, running, ended, failed, nothing

    func status(_ name: String, restarts: Int32 = 0, last: Seen? = nil) -> ContainerStatus {
        ContainerStatus(
            image: "i", imageID: "", name: name, ready: self == .running, restartCount: restarts,
            lastState: last?.state,
            state: state)
    }

    private var state: ContainerState? {
        switch self {
        case .waiting: ContainerState(waiting: ContainerStateWaiting(reason: "ContainerCreating"))
        case .running: ContainerState(running: ContainerStateRunning())
        case .ended: ContainerState(terminated: ContainerStateTerminated(exitCode: 0))
        case .failed: ContainerState(terminated: ContainerStateTerminated(exitCode: 3))
        case .nothing: nil
        }
    }

    init(_ status: ContainerStatus) {
        self =
            if let ended = status.state?.terminated {
                ended.exitCode == 0 ? .ended : .failed
            } else if status.state?.running != nil {
                .running
            } else if status.state?.waiting != nil { .waiting } else { .nothing }
    }
}

extension PodDigest {
    /// A pod with containers of these names: `init:` and `sidecar:` before a name say what it is.
    static func sample(
        _ names: String..., number: Int = 1, restartPolicy: RestartPolicy = .never
    ) -> PodDigest {
        let containers = names.map { name in
            let parts = name.split(separator: ":").map(String.init)
            let role: ContainerDigest.Role =
                switch parts.first {
                case "init": .initial
                case "sidecar": .sidecar
                default: .regular
                }
            return ContainerDigest(name: parts[parts.count - 1], image: "i", role: role, fingerprint: 1)
        }
        guard let uid = PodUID("00000000-0000-0000-0000-\(100_000_000_000 + number)") else { fatalError("no UID") }
        return PodDigest(
            uid: uid, namespace: "space", name: "pod", node: "", restartPolicy: restartPolicy, grace: .seconds(10),
            containers: containers)
    }
}
