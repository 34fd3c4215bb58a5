package import InterLinkPluginKit
package import KubernetesModel

/// All that is known of a job at one moment, and what follows from it for its pod.
///
/// Which evidence wins is decided here and nowhere else:
///
/// - a. A closing record is terminal at once, and carries the exit codes.
/// - b. The scheduler says that the job ended badly, and there is no closing record: containers without an end get 137
///   and the scheduler's cause.
/// - c. The scheduler says that it ended well, and there is none: the filesystem gets time; then containers without an
///   end have failed, with `ResultsMissing`. Never 0.
/// - d. The scheduler says that memory ran out, and all containers ended with 0: the site's policy decides.
/// - e. Records of an earlier attempt are ignored. With `restartPolicy: Never`, a job that starts again after a container
///   was reported to have ended has failed, and is to be stopped.
package struct Evidence: Sendable {
    /// What the scheduler said.
    package enum Scheduler: Equatable, Sendable {
        /// It was not asked.
        case silent
        case sighted(BatchSighting)
        /// It was asked, and knows nothing of the job.
        case knowsNothing
    }

    /// What was told of the pod before.
    package struct Report: Equatable, Sendable {
        package var attempt: Int
        package var containers: [ContainerStatus]

        package init(attempt: Int, containers: [ContainerStatus]) {
            self.attempt = attempt
            self.containers = containers
        }
    }

    package struct Verdict: Equatable, Sendable {
        package var observation: Observation
        /// The job goes on although its pod has failed.
        package var mustStop = false
    }

    package var pod: PodDigest
    /// The kind of the scheduler, for container ids.
    package var kind: String
    /// The scheduler's id of the job.
    package var job: String
    package var scheduler = Scheduler.silent
    package var state: PodStateFile?
    package var closing: PodStateFile?
    package var reported: Report?
    /// When the scheduler was first seen to say that the job has ended.
    package var endSeen: Moment?
    package var policy: EvidencePolicy
    package var now: Moment

    package init(pod: PodDigest, kind: String, job: String, policy: EvidencePolicy, now: Moment) {
        self.pod = pod
        self.kind = kind
        self.job = job
        self.policy = policy
        self.now = now
    }

    package func verdict() -> Verdict {
        let current = withoutOlderAttempts()
        if let failed = current.ranAgain() { return Verdict(observation: failed, mustStop: true) }
        return Verdict(observation: current.observation())
    }

    private var sighting: BatchSighting? {
        if case .sighted(let sighting) = scheduler { sighting } else { nil }
    }

    private var end: BatchJobEnd? {
        if case .ended(let end)? = sighting?.state { end } else { nil }
    }

    private var attempt: Int {
        max(sighting?.attempt ?? 1, state?.attempt ?? 1, closing?.attempt ?? 1)
    }

    private func withoutOlderAttempts() -> Evidence {
        var current = self
        let newest = max(attempt, reported?.attempt ?? 1)
        if let state, state.attempt < newest { current.state = nil }
        if let closing, closing.attempt < newest || !closing.isClosed { current.closing = nil }
        return current
    }

    private func observation() -> Observation {
        if let closing { return final(closing, endingOthersBy: endOfPod(closing)) }
        switch scheduler {
        case .knowsNothing: return .absent
        case .silent:
            guard let state else { return .unknown(why: "nothing is known of \(jobText) yet") }
            return told(of: state)
        case .sighted(let sighting):
            switch sighting.state {
            case .ended(let end): return afterEnd(end)
            case .queued, .held, .running, .unknown:
                if let state { return told(of: state) }
                return beforeStart(sighting.state)
            }
        }
    }

    /// Rules b and c.
    private func afterEnd(_ end: BatchJobEnd) -> Observation {
        let ending = end.ending(of: jobText)
        if now - (endSeen ?? now) < policy.resultsWait {
            guard let state else { return .unknown(why: "\(jobText) has ended, and its results are waited for") }
            return told(of: state)
        }
        if pod.containers.isEmpty { return .gone(ending) }
        guard let state else {
            let containers = pod.containers.map { status(of: $0, in: nil) }
            return .ended(containers.map { $0.ended(by: ending, at: endTime) }, attempt: attempt)
        }
        return final(state, endingOthersBy: ending)
    }

    /// No script has reported yet.
    private func beforeStart(_ state: BatchJobState) -> Observation {
        switch state {
        case .queued(let reason, let message):
            return waiting("Queued", "\(jobText) waits for its turn", [reason, message])
        case .held(let reason, let message): return waiting("Held", "\(jobText) is held", [reason, message])
        case .running(let nodes, _):
            let place = nodes.isEmpty ? "" : " on \(nodes.joined(separator: ", "))"
            return waiting("ContainerCreating", "\(jobText) begins\(place)", [])
        case .unknown(let word):
            return .unknown(why: "the scheduler says \(word.debugDescription) of \(jobText), which is not known here")
        case .ended(let end): return afterEnd(end)
        }
    }

    private func waiting(_ reason: String, _ message: String, _ details: [String]) -> Observation {
        let told = ([message] + details.filter { !$0.isEmpty }).joined(separator: ": ")
        let containers = pod.containers.map { container in
            var status = status(of: container, in: nil)
            let isLater = container.role == .regular && pod.containers.contains { $0.role == .initial }
            status.state = ContainerState(
                waiting: ContainerStateWaiting(message: told, reason: isLater ? "PodInitializing" : reason))
            return status
        }
        return .state(containers, attempt: attempt)
    }

    /// What a record says of each container of a job that goes on.
    private func told(of file: PodStateFile) -> Observation {
        let containers = pod.containers.map { container in
            let status = status(of: container, in: file)
            return file.reason != nil && container.role == .regular ? heldBack(status) : status
        }
        return .state(containers, attempt: file.attempt)
    }

    /// While a pod is being ended, a container may well end with 0. Whether that counts is known when the records are
    /// closed; until then it is told as running, for an end that was told is not taken back.
    private func heldBack(_ status: ContainerStatus) -> ContainerStatus {
        guard let end = status.state?.terminated, end.exitCode == 0,
            reported?.containers.first(where: { $0.name == status.name })?.state?.terminated == nil
        else { return status }
        var held = status
        held.state = ContainerState(running: ContainerStateRunning(startedAt: end.startedAt))
        held.ready = false
        return held
    }

    /// What a record says of each container of a job that has ended; those without an end are ended by `ending`.
    private func final(_ file: PodStateFile, endingOthersBy ending: Ending) -> Observation {
        var containers = pod.containers.map { container in
            let status = status(of: container, in: file)
            return status.state?.terminated == nil ? status.ended(by: ending, at: endTime) : status
        }
        if let end, end.isVerdict { containers = containers.map { blame(end, for: $0) } }
        if haveAllEndedWell(containers) {
            if end?.cause == .outOfMemory, policy.outOfMemory == .failed {
                let message = "\(jobText) ran out of memory, although each of its containers ended with code 0"
                containers = failed(containers, by: Ending(reason: "OOMKilled", message: message))
            } else if let reason = file.reason {
                // Containers that end well when they are asked to, as at a deadline: the pod has failed all the same. Those
                // that ended last are the ones that were asked.
                let last = containers.compactMap { $0.state?.terminated?.finishedAt }.max()
                containers = failed(
                    containers, by: Ending(reason: reason, message: file.message ?? reason), endedAt: last)
            }
        }
        return .ended(containers, attempt: file.attempt)
    }

    /// A container that was killed with its job says why.
    private func blame(_ end: BatchJobEnd, for container: ContainerStatus) -> ContainerStatus {
        guard var terminated = container.state?.terminated, [137, 143].contains(terminated.exitCode),
            terminated.reason == nil || terminated.reason == "Error"
        else { return container }
        let ending = end.ending(of: jobText)
        terminated.reason = ending.reason
        terminated.message = [terminated.message, ending.message].compactMap(\.self).joined(separator: "\n")
        var status = container
        status.state = ContainerState(terminated: terminated)
        return status
    }

    /// Sidecars do not count: they are ended by a signal when the others have ended.
    private func haveAllEndedWell(_ containers: [ContainerStatus]) -> Bool {
        zip(pod.containers, containers).allSatisfy { container, status in
            container.role == .sidecar || status.state?.terminated?.exitCode == 0
        }
    }

    /// The pod has failed, whatever its containers say; with a time only those that ended then.
    private func failed(
        _ containers: [ContainerStatus], by ending: Ending, endedAt time: Timestamp? = nil
    ) -> [ContainerStatus] {
        zip(pod.containers, containers).map { container, status in
            guard container.role == .regular, var terminated = status.state?.terminated,
                time == nil || terminated.finishedAt == time
            else { return status }
            (terminated.exitCode, terminated.reason, terminated.message) = (137, ending.reason, ending.message)
            var failed = status
            failed.state = ContainerState(terminated: terminated)
            return failed
        }
    }

    /// Rule e.
    private func ranAgain() -> Observation? {
        // A supervisor that closes its records has seen that for itself.
        guard closing == nil, let reported, attempt > reported.attempt, pod.restartPolicy == .never,
            reported.containers.contains(where: { $0.state?.terminated != nil })
        else { return nil }
        let ending = Ending(
            reason: "JobRestarted",
            message: "\(jobText) was started again (attempt \(attempt)) after a container had ended, and is stopped")
        let containers = reported.containers.map { status in
            status.state?.terminated == nil ? status.ended(by: ending, at: endTime) : status
        }
        return .ended(containers, attempt: reported.attempt)
    }

    private func endOfPod(_ file: PodStateFile) -> Ending {
        Ending(
            reason: file.reason ?? "Error",
            message: file.message ?? "it was not started, because its pod ended before")
    }

    private var jobText: String { "job \(job)" }

    private var endTime: Timestamp {
        Timestamp(secondsSinceEpoch: (end?.at ?? endSeen ?? now).seconds)
    }

    private func status(of container: ContainerDigest, in file: PodStateFile?) -> ContainerStatus {
        let state = file?.containers.first { $0.name == container.name }
        return ContainerStatus(
            container, state, of: file, id: "\(kind)://\(job)/\(file?.node ?? "")/\(container.name)",
            followsInits: container.role == .regular && pod.containers.contains { $0.role == .initial })
    }
}
