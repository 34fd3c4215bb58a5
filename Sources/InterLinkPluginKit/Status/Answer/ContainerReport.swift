import InterLinkAPI
import KubernetesModel

/// A container on its way into an answer: in exactly one state, whatever was seen of it.
struct ContainerReport {
    enum State {
        case waiting(reason: String, message: String?)
        case running(since: Timestamp?)
        case ended(ContainerStateTerminated)
    }

    let name: String
    let image: String
    let role: ContainerDigest.Role
    let seen: ContainerStatus?
    /// What the asker holds of it.
    let held: HeldContainer?
    var state: State

    /// What the asker holds to have ended stays ended, as it was told: the records that said so may be lost, and an end
    /// that was concluded from what came after may be contradicted when the whole job is.
    init(_ container: ContainerDigest, seen: ContainerStatus?, held: HeldContainer?, unseen message: String) {
        name = container.name
        image = container.image
        role = container.role
        self.seen = seen
        self.held = held
        let waiting = seen?.state?.waiting
        state =
            if let end = seen?.state?.terminated, held?.end.map({ $0.exitCode == end.exitCode }) ?? true {
                .ended(Self.cleaned(end, reason: end.reason))
            } else if let end = held?.end {
                .ended(Self.cleaned(end, reason: nil))
            } else if let running = seen?.state?.running {
                .running(since: AnswerText.time(running.startedAt))
            } else {
                .waiting(
                    reason: AnswerText.word(waiting?.reason, else: "ContainerCreating"),
                    message: AnswerText.bounded(waiting?.message ?? message))
            }
    }

    /// A container of which only the name is known.
    init(named name: String, held: HeldContainer?, ended end: ContainerStateTerminated) {
        (self.name, image, role, seen, self.held) = (name, "", .regular, nil, held)
        state = .ended(held?.end.map { Self.cleaned($0, reason: nil) } ?? end)
    }

    var end: ContainerStateTerminated? {
        if case .ended(let end) = state { end } else { nil }
    }

    var hasEnded: Bool { end != nil }

    var isRunning: Bool {
        if case .running = state { true } else { false }
    }

    var hasFailed: Bool { (end?.exitCode ?? 0) != 0 }

    /// It is certain that it was started. An end alone does not prove it: the host ends with the job what never began.
    var hasRun: Bool {
        if let seen, seen.restartCount > 0 || seen.lastState?.terminated != nil { return true }
        return isRunning || end.map { $0.exitCode == 0 || $0.startedAt != nil } ?? false
    }

    /// Only the fields that are known to be harmless, without texts of others that would be written in their place.
    private static func cleaned(_ end: ContainerStateTerminated, reason: String?) -> ContainerStateTerminated {
        ContainerStateTerminated(
            exitCode: end.exitCode, containerID: end.containerID.map { AnswerText.word($0, else: "") },
            finishedAt: AnswerText.time(end.finishedAt),
            message: AnswerText.cause(reason: reason, message: end.message),
            reason: AnswerText.word(reason, else: end.exitCode == 0 ? "Completed" : "Error"), signal: end.signal,
            startedAt: AnswerText.time(end.startedAt))
    }

    /// As Kubernetes writes it. Backends may know more (resources, mounts): nobody shows it, and it could do harm.
    func status(id: String?) -> ContainerStatus {
        let hasID = seen?.state?.terminated != nil || seen?.state?.running != nil
        let containerID = seen?.containerID.map { AnswerText.word($0, else: "") } ?? (hasID ? id : nil)
        var status = ContainerStatus(
            image: image, imageID: AnswerText.word(seen?.imageID, else: ""), name: name, ready: false,
            restartCount: max(0, seen?.restartCount ?? 0), containerID: containerID,
            lastState: seen?.lastState?.terminated.map {
                ContainerState(terminated: Self.cleaned($0, reason: $0.reason))
            },
            started: false)
        switch state {
        case .waiting(let reason, let message):
            status.state = ContainerState(waiting: ContainerStateWaiting(message: message, reason: reason))
        case .running(let since):
            status.state = ContainerState(running: ContainerStateRunning(startedAt: since))
            status.ready = seen?.ready ?? false
            status.started = seen?.started ?? true
        case .ended(var end):
            if end.containerID == nil { end.containerID = containerID }
            status.state = ContainerState(terminated: end)
        }
        return status
    }
}
