import KubernetesModel

extension ContainerDigest {
    /// Whether a container that ended with this code may be started again while its job lives.
    func mayRestart(after exitCode: Int32, under policy: PodDigest.RestartPolicy) -> Bool {
        switch (role, policy) {
        case (.sidecar, _): true
        case (.initial, .never), (.regular, .never): false
        case (.regular, .always): true
        case (.initial, .always), (.initial, .onFailure), (.regular, .onFailure): exitCode != 0
        }
    }
}

extension ContainerStatus {
    /// It has run, and waits to be started again.
    var isBetweenRuns: Bool { isWaiting && lastState?.terminated != nil }

    /// What ended and may be started again, as a kubelet tells it.
    func waitingToRestart() -> ContainerStatus {
        guard let end = state?.terminated else { return self }
        var status = self
        let cause = end.reason.map { " (\($0))" } ?? ""
        status.state = ContainerState(
            waiting: ContainerStateWaiting(
                message: "it ended with exit code \(end.exitCode)\(cause) and may be started again",
                reason: "CrashLoopBackOff"))
        status.lastState = ContainerState(terminated: end)
        status.ready = false
        status.started = false
        return status
    }

    /// What will not be started again after all: its last end was its end.
    func endedAsLastSeen() -> ContainerStatus {
        guard isBetweenRuns, let end = lastState?.terminated else { return self }
        var status = self
        status.state = ContainerState(terminated: end)
        return status
    }
}
