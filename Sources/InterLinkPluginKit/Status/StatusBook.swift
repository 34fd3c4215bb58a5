package import KubernetesModel

/// What is known of a pod's containers, and what of it may be told.
///
/// The two differ for as long as something terminal is on its way to the disk: what was told once must be known after
/// any crash, so it is written down first.
package struct StatusBook: Equatable, Sendable {
    /// The containers that were observed, in the order of the pod.
    package private(set) var known: [ContainerStatus]
    /// What status answers are made of.
    package private(set) var told: [ContainerStatus]
    package private(set) var attempt: Int
    /// When the newest evidence was taken; nil before any of this process.
    package private(set) var evidence: Moment?
    /// When the pod was first seen to have ended.
    package private(set) var endedAt: Moment?
    /// What is known is not yet on the disk.
    package private(set) var isUnwritten = false

    /// What an observation brought.
    package struct News: Equatable, Sendable {
        package var isChanged = false
        /// A container ran again after it was reported to have ended.
        package var ranAgain = false
    }

    package init() {
        (known, told, attempt) = ([], [], 0)
    }

    /// What was written down by an earlier process. Its evidence is older than any of this one, whatever the clock of
    /// the machine did meanwhile.
    package init(restoring record: StateRecord) {
        (known, told) = (record.containers, record.containers)
        attempt = record.attempt
        endedAt = record.endedAt
    }

    /// Takes an observation of the containers in, if it is not older than what is known. It is final when the job has
    /// ended: until then what may be started again has not ended.
    package mutating func merge(
        _ observed: [ContainerStatus], attempt newAttempt: Int, evidence taken: Moment, of pod: PodDigest,
        isFinal: Bool = false
    ) -> News {
        guard isCurrent(newAttempt, taken) else { return News() }
        var news = News()
        var merged: [ContainerStatus] = []
        for container in pod.containers {
            let old = known.first { $0.name == container.name }
            guard var new = observed.first(where: { $0.name == container.name }) else {
                if let old { merged.append(old) }
                continue
            }
            if !isFinal, let end = new.state?.terminated,
                container.mayRestart(after: end.exitCode, under: pod.restartPolicy)
            {
                new = new.waitingToRestart()
            }
            guard let old else {
                merged.append(new)
                continue
            }
            if old.isTerminated && new.isRunning && newAttempt > attempt { news.ranAgain = true }
            merged.append(new.merged(over: old, inNewAttempt: newAttempt > attempt))
        }
        attempt = newAttempt
        evidence = taken
        if isFinal { merged = Self.concluded(merged, of: pod, at: taken) }
        news.isChanged = replace(with: merged, of: pod, at: taken)
        return news
    }

    /// Whether every container has ended, were none of them started again.
    package func haveAllEndedForNow(of pod: PodDigest) -> Bool {
        Self.hasEnded(known.map { $0.endedAsLastSeen() }, of: pod)
    }

    /// The job is no more: what waited to be started again has ended as it was last seen to.
    package mutating func endAsLastSeen(evidence taken: Moment, of pod: PodDigest) -> News {
        merge(known.map { $0.endedAsLastSeen() }, attempt: attempt, evidence: taken, of: pod, isFinal: true)
    }

    /// Ends every container that has no end yet.
    package mutating func end(by ending: Ending, evidence taken: Moment, of pod: PodDigest) -> News {
        guard isCurrent(attempt, taken) else { return News() }
        let ended = pod.containers.map { Self.ended($0, in: known, by: ending, at: taken) }
        evidence = taken
        return News(isChanged: replace(with: ended, of: pod, at: taken))
    }

    /// What is to be written down now, if anything.
    package mutating func takeUnwritten() -> StatusBook? {
        guard isUnwritten else { return nil }
        isUnwritten = false
        return self
    }

    /// `written` is on the disk: it may be told, with what came after it unless that is terminal too.
    package mutating func wrote(_ written: StatusBook) {
        if !isUnwritten {
            told = known
        } else if told.count(where: \.isTerminated) < written.known.count(where: \.isTerminated) {
            told = written.known
        }
    }

    /// The write failed: it is to be tried again, and nothing of it is told.
    package mutating func failedToWrite() { isUnwritten = true }

    private func isCurrent(_ newAttempt: Int, _ taken: Moment) -> Bool {
        if newAttempt != attempt { return newAttempt > attempt }
        guard let evidence else { return true }
        return taken >= evidence
    }

    private mutating func replace(with statuses: [ContainerStatus], of pod: PodDigest, at moment: Moment) -> Bool {
        guard statuses != known else { return false }
        let hasNewEnd = statuses.contains { new in
            new.isTerminated && !known.contains { $0.name == new.name && $0.isTerminated }
        }
        known = statuses
        isUnwritten = true
        if !hasNewEnd && told.count(where: \.isTerminated) == known.count(where: \.isTerminated) { told = known }
        if endedAt == nil && Self.hasEnded(known, of: pod) { endedAt = moment }
        return true
    }

    private static func ended(
        _ container: ContainerDigest, in statuses: [ContainerStatus], by ending: Ending, at moment: Moment
    ) -> ContainerStatus {
        let status =
            statuses.first { $0.name == container.name }
            ?? ContainerStatus(image: container.image, imageID: "", name: container.name, ready: false, restartCount: 0)
        return status.isTerminated
            ? status : status.ended(by: ending, at: Timestamp(secondsSinceEpoch: moment.seconds))
    }

    /// The last states of a job that has ended: containers whose end was not seen get one. Not those that never began
    /// because one before them failed; that is told of them as it is. Nor init containers: what came after them tells.
    private static func concluded(
        _ statuses: [ContainerStatus], of pod: PodDigest, at moment: Moment
    ) -> [ContainerStatus] {
        let isBlocked = pod.containers.contains { container in
            container.role != .regular
                && statuses.contains { $0.name == container.name && ($0.state?.terminated?.exitCode ?? 0) != 0 }
        }
        let unseen = Ending(
            reason: "ContainerStatusUnknown", message: "the job has ended, and how this container did was not seen")
        return pod.containers.compactMap { container in
            let status = statuses.first { $0.name == container.name }
            let hasRun = status.map { $0.isRunning || $0.isBetweenRuns } ?? false
            guard container.role == .regular, hasRun || !isBlocked else { return status }
            return ended(container, in: statuses, by: unseen, at: moment)
        }
    }

    /// A pod has ended when its containers have, or when an init container has failed: none will start after it.
    private static func hasEnded(_ statuses: [ContainerStatus], of pod: PodDigest) -> Bool {
        let ends = statuses.filter(\.isTerminated)
        let roles = Dictionary(pod.containers.map { ($0.name, $0.role) }, uniquingKeysWith: { first, _ in first })
        if ends.contains(where: { roles[$0.name] == .initial && $0.state?.terminated?.exitCode != 0 }) { return true }
        return pod.containers.allSatisfy { container in
            container.role != .regular || ends.contains { $0.name == container.name }
        }
    }
}
