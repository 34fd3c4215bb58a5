import InterLinkAPI
import KubernetesModel

/// Turns what is known of a pod into an answer that does a Virtual Kubelet no harm.
///
/// A Virtual Kubelet counts the entries of an answer, not of the pod; crashes over what it holds and was not told of;
/// and never looks again at a pod that it took for finished. So every answer names every container in its place, in
/// one state, and what follows from the end of one container is spelled out for the others.
///
/// An end that gets here is final, whatever the restartPolicy says: ``StatusBook`` keeps what may be started again from
/// being one. So a pod with `restartPolicy: Always` whose containers have all ended has a job that is no more; it is told
/// as it is, the pod finishes, and its controller makes a new one.
struct PodAnswer {
    private let view: PodView
    private let reference: PodReference
    private let settings: AnswerSettings
    /// All containers of the pod, in its order.
    private var reports: [ContainerReport] = []
    private(set) var marks: ReportMarks

    init(_ view: PodView, asked reference: PodReference, settings: AnswerSettings) {
        self.view = view
        self.reference = reference
        self.settings = settings
        marks = view.marks
        reports.reserveCapacity(view.pod.containers.count)
        let message = view.isEnding ? "being ended; \(view.waitingMessage)" : view.waitingMessage
        for container in view.pod.containers {
            reports.append(
                ContainerReport(
                    container, seen: view.statuses.first { $0.name == container.name },
                    held: reference.held.first { $0.name == container.name }, unseen: message))
        }
        if isFirstReport {
            holdFirstReport()
        } else {
            concludeSuccesses()
            spreadFailure()
            concludeUnknownEnds()
            if settings.holdsUntilReady { holdUntilReady() }
        }
        for place in reports.indices where reports[place].isRunning { marks.runs(at: place) }
    }

    /// The answer; nil if the pod is known by its name only.
    var answer: PodStatusAnswer? {
        guard reports.contains(where: { $0.role == .regular }) else { return nil }
        var containers: [ContainerStatus] = []
        var inits: [ContainerStatus] = []
        containers.reserveCapacity(reports.count)
        for report in reports {
            switch report.role {
            case .initial: inits.append(report.status(id: id(of: report)))
            // Told as running, it would keep the pod pending for ever.
            case .sidecar: continue
            case .regular: containers.append(report.status(id: id(of: report)))
            }
        }
        appendLocal(to: &containers)
        return PodStatusAnswer(
            uid: view.pod.uid.text, containers: containers, name: view.pod.name, namespace: view.pod.namespace,
            jid: view.jobID, initContainers: inits.isEmpty ? nil : inits)
    }

    private func id(of report: ContainerReport) -> String? {
        guard let handle = view.handle else { return nil }
        let job = handle.id.contains("://") ? handle.id : "\(settings.scheme)://\(handle.id)"
        return "\(AnswerText.bounded(job, atMost: AnswerSettings.longestWord))/\(report.name)"
    }

    private var haveAllEnded: Bool { reports.allSatisfy { $0.role != .regular || $0.hasEnded } }

    /// An init container whose end was not seen has succeeded if what comes after it was started.
    private mutating func concludeSuccesses() {
        var hasLaterRun = false
        for place in reports.indices.reversed() {
            switch reports[place].role {
            case .regular, .sidecar: break
            case .initial where reports[place].hasEnded: hasLaterRun = true
            case .initial where hasLaterRun:
                reports[place].state = .ended(
                    ContainerStateTerminated(
                        exitCode: 0, message: "its end was not seen, but what comes after it was started",
                        reason: "Completed", startedAt: reports[place].seen?.state?.running?.startedAt))
            case .initial: break
            }
            hasLaterRun = hasLaterRun || reports[place].hasRun
        }
    }

    /// After a failed init container nothing else starts; all that waits for it has to be told as ended, or the pod is
    /// never Failed.
    ///
    /// A native sidecar is left out of answers. One that has ended for good before anything after it was started has
    /// the same effect, and what waits for it is all that can tell.
    private mutating func spreadFailure() {
        guard let place = reports.indices.first(where: isBlocking) else { return }
        let blocker = reports[place]
        guard let end = blocker.end else { return }
        let kind = blocker.role == .initial ? "init container" : "sidecar"
        let cause = end.message.map { ": \($0)" } ?? ""
        let consequence = ContainerStateTerminated(
            exitCode: end.exitCode, finishedAt: end.finishedAt,
            message: AnswerText.bounded("\(kind) \(blocker.name) failed with exit code \(end.exitCode)\(cause)"),
            reason: blocker.role == .initial ? "InitContainerFailed" : "SidecarFailed")
        for later in reports.indices where later > place && !reports[later].hasEnded {
            reports[later].state = .ended(consequence)
        }
    }

    private func isBlocking(_ place: Int) -> Bool {
        guard reports[place].hasFailed else { return false }
        switch reports[place].role {
        case .initial: return true
        case .sidecar: return !reports[(place + 1)...].contains { $0.hasRun }
        case .regular: return false
        }
    }

    /// With an init container that has not ended, a pod whose containers have all ended would be pending for ever.
    private mutating func concludeUnknownEnds() {
        guard haveAllEnded else { return }
        for place in reports.indices where reports[place].role == .initial && !reports[place].hasEnded {
            reports[place].state = .ended(
                ContainerStateTerminated(
                    exitCode: 137, message: "how it ended is not known; the containers after it have ended",
                    reason: "ContainerStatusUnknown"))
        }
    }

    /// What runs is ready for a Virtual Kubelet, so that what is not ready yet is told as waiting: until the first time
    /// that it was told to be running, and never after.
    private mutating func holdUntilReady() {
        for place in reports.indices where reports[place].role == .regular {
            let report = reports[place]
            guard case .running(let since) = report.state, let seen = report.seen,
                !seen.ready || seen.started == false, report.held?.isRunning != true, !marks.hasRun(at: place)
            else { continue }
            let probe = seen.started == false ? "it has not finished starting" : "it is not ready yet"
            let start = since.map { " since \($0)" } ?? ""
            reports[place].state = .waiting(reason: "NotReady", message: "running\(start); \(probe)")
        }
    }

    /// A Virtual Kubelet that does not know the init containers yet writes what a later one says into the first: its
    /// exit code, for good, or into nothing, and crashes. If all are waiting it learns their names and no harm is done.
    ///
    /// One that holds the pod as running was never told of them (by another plugin, before), and would put it back to
    /// pending.
    private var isFirstReport: Bool {
        reports.contains { $0.role == .initial && $0.held == nil } && reference.phase != "Running"
            && !marks.hasReported(toKubelet: !reference.phase.isEmpty)
    }

    private mutating func holdFirstReport() {
        marks.firstReports += 1
        for place in reports.indices {
            let report = reports[place]
            guard report.role == .initial ? report.held?.end == nil : !report.hasEnded else { continue }
            reports[place].state = .waiting(
                reason: "PodInitializing", message: AnswerText.bounded(view.waitingMessage))
        }
    }

    /// Containers that interLink runs in the cluster are in the pod and not in the job. A Virtual Kubelet that sees the
    /// pod fail crashes over each that it does not hold to have ended.
    private func appendLocal(to containers: inout [ContainerStatus]) {
        guard reports.allSatisfy({ $0.role == .sidecar || $0.hasEnded }),
            reports.contains(where: { $0.role != .sidecar && $0.hasFailed })
        else { return }
        let ended = ContainerStateTerminated(
            exitCode: 0, message: "not run by this plugin; told as ended because the pod has failed",
            reason: "Completed")
        for name in reference.containers where !reports.contains(where: { $0.name == name }) {
            let held = reference.held.first { $0.name == name }
            containers.append(ContainerReport(named: name, held: held, ended: ended).status(id: nil))
        }
    }
}
