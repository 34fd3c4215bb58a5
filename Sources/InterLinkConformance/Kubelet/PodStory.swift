import InterLinkAPI
import KubernetesModel

/// What was told about one pod so far, and what a Virtual Kubelet made of it.
struct PodStory: Sendable {
    /// Something that an answer does, and must not.
    struct Offence: Sendable {
        let rule: StandingRule
        let got: String
        let expected: String
        var consequence: String?
    }

    private let spec: PodSpec
    /// Containers that the plugin has heard of only since the create. It may tell of them, and need not.
    private let local: Set<String>
    private(set) var kubelet: VirtualKubeletModel
    /// Why the Virtual Kubelet is dead, if it is.
    private(set) var crash: String?
    private var told: [String: ContainerStatus] = [:]

    /// - Parameters:
    ///   - pod: The pod as Kubernetes has it.
    ///   - sent: The pod as it was created at the plugin, where that is another.
    init(_ pod: Pod, sent: Pod? = nil) {
        spec = (sent ?? pod).spec
        local = Set(pod.spec.containers.map(\.name)).subtracting(spec.containers.map(\.name))
        kubelet = VirtualKubeletModel(metadata: pod.metadata, spec: pod.spec)
    }

    /// The pod was accepted, and carries the job's id from now on.
    mutating func accepted(jobID: String) {
        kubelet.metadata.annotations = (kubelet.metadata.annotations ?? [:]).merging(["JobID": jobID]) { $1 }
    }

    /// A Virtual Kubelet takes no answer for this pod any more.
    var isOver: Bool { kubelet.isFinished || crash != nil }

    mutating func take(_ answers: [PodStatusAnswer]) -> [Offence] {
        let uid = kubelet.metadata.uid ?? ""
        let strangers = answers.filter { $0.uid != uid }
        guard strangers.isEmpty else {
            return [
                Offence(
                    rule: .podThatWasAsked, got: "an answer about pod \(strangers[0].uid.quoted)",
                    expected: "an answer about pod \(uid), or none",
                    consequence: "the pod that was asked for is not updated")
            ]
        }
        guard let answer = answers.first else { return [] }
        var offences = names(answer) + states(answer) + ends(answer)
        if answer.name != kubelet.metadata.name || answer.namespace != kubelet.metadata.namespace {
            let own = "\(kubelet.metadata.namespace ?? "")/\(kubelet.metadata.name ?? "")"
            offences.append(
                Offence(
                    rule: .podThatWasAsked, got: "the name \(answer.namespace)/\(answer.name) with the UID of \(own)",
                    expected: own, consequence: "an answer without its name is ignored"))
        }
        offences += kubeletTakes(answers)
        for status in (answer.initContainers ?? []) + answer.containers { told[status.name] = status }
        return offences
    }

    private mutating func kubeletTakes(_ answers: [PodStatusAnswer]) -> [Offence] {
        guard !isOver, let answer = answers.first else { return [] }
        do throws(VirtualKubeletModel.Crash) {
            _ = try kubelet.receive(answers)
        } catch {
            crash = error.description
            return [
                Offence(
                    rule: .survives, got: answer.summary, expected: "an answer that a Virtual Kubelet survives",
                    consequence: "this crashes the Virtual Kubelet, and with it the node: \(error)")
            ]
        }
        guard kubelet.phase == .succeeded else { return [] }
        let unfinished = regular.filter { name in
            answer.containers.first { $0.name == name }?.state?.terminated?.exitCode != 0
        }
        guard let first = unfinished.first else { return [] }
        return [
            Offence(
                rule: .noEarlySuccess, got: answer.summary,
                expected: "an end with code 0 of every container, \(first) too, before the pod has succeeded",
                consequence: "this shows the pod as Succeeded too early, and for good")
        ]
    }

    private var regular: [String] { spec.containers.map(\.name) }

    private func names(_ answer: PodStatusAnswer) -> [Offence] {
        var offences: [Offence] = []
        if answer.containers.map(\.name).filter({ !local.contains($0) }) != regular {
            offences.append(
                Offence(
                    rule: .everyContainer, got: answer.summary,
                    expected: "containers \(regular.joined(separator: ", ")), all of them, in this order",
                    consequence: "only what is in the answer counts: with a container left out the pod can succeed too "
                        + "early, and with a failure beside it the Virtual Kubelet crashes"))
        }
        return offences
    }

    private func states(_ answer: PodStatusAnswer) -> [Offence] {
        ((answer.initContainers ?? []) + answer.containers).compactMap { status in
            let state = status.state
            let count = [state?.waiting != nil, state?.running != nil, state?.terminated != nil].count { $0 }
            guard count != 1 else { return nil }
            return Offence(
                rule: .oneState, got: "\(status.name) with \(count == 0 ? "no state" : "\(count) states")",
                expected: "exactly one of waiting, running and terminated",
                consequence: count == 0 ? "the pod does not move" : nil)
        }
    }

    /// What ended stays so, unless it is started again.
    private func ends(_ answer: PodStatusAnswer) -> [Offence] {
        ((answer.initContainers ?? []) + answer.containers).compactMap { status in
            guard let before = told[status.name]?.state else { return nil }
            if let end = before.terminated, isFinal(end), status.state?.terminated?.exitCode != end.exitCode {
                return Offence(
                    rule: .endIsKept,
                    got: "\(status.name): \(status.stateText), after it had ended with \(end.exitCode)",
                    expected: "\(status.name): ended with \(end.exitCode), for ever",
                    consequence: "a Virtual Kubelet that is started again shows another end than before")
            }
            if before.running != nil, status.state?.waiting != nil, spec.restartPolicy == .never {
                return Offence(
                    rule: .noWayBack, got: "\(status.name): \(status.stateText), after it was running",
                    expected: "\(status.name): running, or ended",
                    consequence: "users see a Running pod whose container waits")
            }
            return nil
        }
    }

    private func isFinal(_ end: ContainerStateTerminated) -> Bool {
        spec.restartPolicy == .never || (spec.restartPolicy == .onFailure && end.exitCode == 0)
    }
}
