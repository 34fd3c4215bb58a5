package import KubernetesModel

extension ContainerStatus {
    var isTerminated: Bool { state?.terminated != nil }

    var isRunning: Bool { state?.terminated == nil && state?.running != nil }

    var isWaiting: Bool { state?.terminated == nil && state?.running == nil && state?.waiting != nil }

    /// What is known of a container after this was observed, given what was known before.
    ///
    /// Nothing terminal is taken back. Within an attempt counts of restarts do not fall, and what ran waits again only
    /// when it was restarted.
    func merged(over known: ContainerStatus, inNewAttempt: Bool) -> ContainerStatus {
        if known.isTerminated { return known }
        if !isTerminated && !isRunning && !isWaiting { return known }
        if inNewAttempt || isTerminated { return self }
        if restartCount < known.restartCount { return known }
        let hasRestarted = restartCount > known.restartCount || lastState?.terminated != nil
        if known.isRunning && isWaiting && !hasRestarted { return known }
        return self
    }

    /// The same container, ended by what ended the job.
    package func ended(by ending: Ending, at time: Timestamp) -> ContainerStatus {
        var status = self
        status.state = ContainerState(
            terminated: ContainerStateTerminated(
                exitCode: 137, containerID: containerID, finishedAt: time, message: ending.message,
                reason: ending.reason, startedAt: state?.running?.startedAt))
        status.ready = false
        status.started = false
        return status
    }
}
