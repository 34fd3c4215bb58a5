import InterLinkPluginKit
import KubernetesModel

extension ContainerStatus {
    /// A container as Kubernetes writes it, from what its supervisor recorded.
    init(
        _ container: ContainerDigest, _ state: PodStateFile.ContainerState?, of file: PodStateFile?, id: String,
        followsInits: Bool
    ) {
        self.init(
            image: container.image, imageID: state?.image ?? "", name: container.name, ready: false,
            restartCount: Int32(clamping: state?.restarts ?? 0), started: false)
        if let last = state?.last {
            lastState = ContainerState(
                terminated: ContainerStateTerminated(
                    exitCode: Int32(clamping: last.exitCode), containerID: id,
                    finishedAt: Timestamp(second: last.finished),
                    message: last.message, reason: last.reason ?? Self.reason(of: last.exitCode),
                    signal: last.signal.map(Int32.init(clamping:)), startedAt: Timestamp(second: last.started)))
            containerID = id
        }
        switch state?.state {
        case nil, .waiting:
            self.state = ContainerState(
                waiting: ContainerStateWaiting(
                    message: state?.message,
                    reason: state?.reason ?? (followsInits ? "PodInitializing" : "ContainerCreating")))
        case .running:
            containerID = id
            started = state?.isUp ?? false
            ready = state?.isReady ?? false
            self.state = ContainerState(running: ContainerStateRunning(startedAt: Timestamp(second: state?.started)))
        case .terminated:
            let code = state?.exitCode ?? 137
            if state?.started != nil { containerID = id }
            // An init container that has done its work is ready.
            ready = container.role == .initial && code == 0
            self.state = ContainerState(
                terminated: ContainerStateTerminated(
                    exitCode: Int32(clamping: code), containerID: containerID,
                    finishedAt: Timestamp(second: state?.finished), message: state?.message ?? Self.cause(code, file),
                    reason: state?.reason ?? (code == 0 ? nil : file?.reason) ?? Self.reason(of: code),
                    signal: state?.signal.map(Int32.init(clamping:)), startedAt: Timestamp(second: state?.started)))
        }
    }

    /// Why the pod as a whole ended, for a container that failed with it and says nothing itself.
    private static func cause(_ code: Int, _ file: PodStateFile?) -> String? { code == 0 ? nil : file?.message }

    private static func reason(of code: Int) -> String { code == 0 ? "Completed" : "Error" }
}

extension Timestamp {
    fileprivate init?(second: Int64?) {
        guard let second else { return nil }
        self.init(secondsSinceEpoch: second)
    }
}
