import InterLinkAPI
import KubernetesModel

/// Hears everything that is told of one pod, and notices what cannot be true.
struct PodWitness: Sendable {
    let pod: LoadPod
    /// What a Virtual Kubelet would hold of the containers.
    private(set) var held: [ContainerStatus]
    /// Everything in an answer had ended: nobody asks for this pod again.
    private(set) var isFinal = false
    /// When the main container was first told to run, and to have ended.
    private(set) var runSeen: WallTime?
    private(set) var endSeen: WallTime?
    /// The last question to which the main container was told not to have ended.
    private(set) var lastAskedAlive: WallTime?
    private var told: [String: Told] = [:]

    private struct Told {
        var hasRun = false
        var end: Int32?
        var restarts: Int32 = 0
    }

    /// When the question went off and when it was answered, and the pod's beginning.
    struct Times {
        let created: WallTime
        let asked: WallTime
        let heard: WallTime
    }

    /// Clocks of two machines, and whole seconds.
    static let slack = 2.0

    init(_ pod: LoadPod, image: String) {
        self.pod = pod
        held = pod.containers.map { PodRequests.waiting($0, image: image) }
    }

    /// Takes an answer in. A pod is expected to be known when its create was answered before the question.
    mutating func hear(_ answers: [PodStatusAnswer], isExpected: Bool, _ times: Times) -> [Untruth] {
        guard let answer = answers.first else {
            guard isExpected else { return [] }
            return [Untruth(kind: .forgotten, detail: "\(pod.name): the answer has no status")]
        }
        guard answer.uid == pod.uid, answer.name == pod.name else {
            return [
                Untruth(
                    kind: .otherPod,
                    detail: "asked for \(pod.name) (\(pod.uid)), got \(answer.name) (\(answer.uid))")
            ]
        }
        var untruths: [Untruth] = []
        if answers.count > 1 {
            untruths.append(
                Untruth(kind: .unaskedPods, detail: "\(pod.name): the answer tells of \(answers.count) pods"))
        }
        let names = answer.containers.map(\.name)
        if names.isEmpty {
            isFinal = true
            return untruths + [Untruth(kind: .noContainers, detail: "\(pod.name): the list of containers is empty")]
        }
        if names != pod.containers {
            untruths.append(
                Untruth(kind: .wrongContainers, detail: "\(pod.name) has \(pod.containers), the answer has \(names)"))
        }
        for status in answer.containers where pod.containers.contains(status.name) {
            untruths += judge(status, times)
            if let index = held.firstIndex(where: { $0.name == status.name }) { held[index] = status }
        }
        isFinal = answer.containers.allSatisfy { $0.state?.terminated != nil }
        return untruths
    }

    private mutating func judge(_ status: ContainerStatus, _ times: Times) -> [Untruth] {
        let name = "\(pod.name)/\(status.name)"
        var told = told[status.name] ?? Told()
        defer {
            told.restarts = max(told.restarts, status.restartCount)
            self.told[status.name] = told
        }
        if let end = status.state?.terminated {
            if status.name == pod.main, endSeen == nil { endSeen = times.heard }
            let before = told.end
            told.end = before ?? end.exitCode
            if let before {
                guard before != end.exitCode else { return [] }
                return [
                    Untruth(
                        kind: .takenBack, detail: "\(name) ended with \(before) first, and with \(end.exitCode) now")
                ]
            }
            return judge(end, of: status.name, times)
        }
        if status.name == pod.main { lastAskedAlive = times.asked }
        if let code = told.end {
            return [Untruth(kind: .takenBack, detail: "\(name) had ended with \(code), and does so no more")]
        }
        if status.state?.running != nil {
            if status.name == pod.main, runSeen == nil { runSeen = times.heard }
            told.hasRun = true
            return []
        }
        guard status.state?.waiting != nil else {
            return [Untruth(kind: .noState, detail: "\(name) has no state")]
        }
        let wasRestarted = status.restartCount > told.restarts || status.lastState?.terminated != nil
        guard told.hasRun, !wasRestarted else { return [] }
        return [Untruth(kind: .backToWaiting, detail: "\(name) ran, and waits now without a restart")]
    }

    /// An end that is told for the first time.
    private func judge(_ end: ContainerStateTerminated, of container: String, _ times: Times) -> [Untruth] {
        let name = "\(pod.name)/\(container)"
        var untruths: [Untruth] = []
        if let code = pod.exitCode(of: container) {
            if code != end.exitCode {
                untruths.append(
                    Untruth(kind: .wrongExitCode, detail: "\(name) ends with \(code), the answer says \(end.exitCode)"))
            }
        } else {
            let reason = end.reason.map { " (\($0))" } ?? ""
            untruths.append(
                Untruth(
                    kind: .wrongEnd,
                    detail: "\(name) runs until it is deleted, the answer says ended with \(end.exitCode)\(reason)"))
        }
        let limits = (times.created.seconds - Self.slack - 1)...(times.heard.seconds + Self.slack)
        for time in [end.startedAt, end.finishedAt].compactMap({ $0 })
        where !limits.contains(WallTime(time).seconds) {
            untruths.append(
                Untruth(
                    kind: .impossibleTime,
                    detail: "\(name): \(time) is not between the create and the answer, which came at "
                        + "\(times.heard.timestamp)"))
        }
        if let start = end.startedAt, let finish = end.finishedAt, finish < start {
            untruths.append(Untruth(kind: .impossibleTime, detail: "\(name) ended at \(finish), and began at \(start)"))
        }
        return untruths
    }
}
