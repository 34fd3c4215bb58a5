import KubernetesModel

/// What a pod is waited for.
struct Milestone: Sendable {
    let words: String
    let patience: Patience
    let isReached: @Sendable (PodSight) -> Bool

    init(
        _ words: String, within patience: Patience = .change, _ isReached: @escaping @Sendable (PodSight) -> Bool
    ) {
        self.words = words
        self.patience = patience
        self.isReached = isReached
    }

    /// Which allowance holds.
    enum Patience: Sendable {
        case start, change
    }

    /// Every container runs.
    static let running = Milestone("every container runs", within: .start) { $0.isRunning }

    /// Something was said of it.
    static let known = Milestone("the pod is known", within: .start) { $0.answer != nil }
    static let ended = Milestone("every container has ended", within: .start) { $0.hasEnded }
    static let succeeded = Milestone("the pod has succeeded", within: .start) { $0.phase == .succeeded }
    static let failed = Milestone("the pod has failed", within: .start) { $0.phase == .failed }
}

extension CheckContext {
    /// Waits on the way to something else; a pod that does not come there blocks the check.
    @discardableResult
    func reach(_ milestone: Milestone, _ pod: LivePod, extra: Double = 0) async throws -> PodSight {
        let (sight, trouble) = try await wait(milestone, pod, extra: extra)
        if let trouble {
            throw block("\(milestone.words): \(trouble); \(pod.name): \(sight.text); \(sight.kubeletWords)")
        }
        return sight
    }

    /// Waits for what the check is about.
    @discardableResult
    func expect(
        _ milestone: Milestone, _ pod: LivePod, of sent: String, extra: Double = 0
    ) async throws -> PodSight {
        let (sight, trouble) = try await wait(milestone, pod, extra: extra)
        try require(
            trouble == nil, sent: sent, got: "\(sight.text) (\(trouble ?? ""))", expected: milestone.words,
            consequence: sight.kubeletWords)
        return sight
    }

    /// Asks until the milestone is reached. It is not waited for what cannot happen any more: after the end of all
    /// containers, or of the Virtual Kubelet's interest, nothing changes.
    private func wait(
        _ milestone: Milestone, _ pod: LivePod, extra: Double
    ) async throws -> (PodSight, trouble: String?) {
        let limit = milestone.patience == .start ? allowances.start + extra : allowances.change + extra
        let deadline = ContinuousClock.now + .seconds(limit)
        var pace = allowances.poll
        while true {
            let sight = try await look(at: pod)
            if milestone.isReached(sight) { return (sight, nil) }
            if sight.story.isOver, pod.deletions == 0 { return (sight, "it cannot happen any more") }
            guard ContinuousClock.now < deadline else {
                return (sight, "did not happen within \(limit.formatted) s")
            }
            try await pause(pace)
            pace = min(pace * 1.25, max(1, allowances.poll))
        }
    }

    /// Looks at a pod again and again for as long as it is believed that something would show.
    func watch(_ pod: LivePod, _ look: (PodSight) throws -> Void) async throws {
        let deadline = ContinuousClock.now + .seconds(allowances.quiet)
        repeat {
            try look(try await self.look(at: pod))
            try await pause(allowances.poll)
        } while ContinuousClock.now < deadline
    }
}

extension Double {
    /// Without a needless fraction.
    var formatted: String { self == rounded() && magnitude < 1e15 ? "\(Int64(self))" : "\(self)" }
}
