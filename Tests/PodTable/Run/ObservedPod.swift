import InterLinkAPI
import KubernetesModel

extension PodPhase {
    /// A phase by its name.
    init(named name: String, _ place: String) throws(CaseError) {
        let known: [PodPhase] = [.pending, .running, .succeeded, .failed]
        guard let phase = known.first(where: { $0.rawValue == name }) else {
            throw CaseError("\(place): \(name) is no phase")
        }
        self = phase
    }

    var isTerminal: Bool { self == .succeeded || self == .failed }
}

/// What the answers of a plugin tell of a pod, read as a Virtual Kubelet reads them.
struct ObservedPod: Sendable {
    private(set) var phase = PodPhase.pending
    private(set) var containers: [String: ContainerStatus] = [:]

    /// Takes the next answer. One that nobody gave (the pod is not known yet) changes nothing.
    mutating func take(_ answer: PodStatusAnswer?) {
        guard let answer, !phase.isTerminal else { return }
        let inits = answer.initContainers ?? []
        for status in inits + answer.containers { containers[status.name] = status }
        // While it waits for an init container, a Virtual Kubelet takes all others for waiting too, whatever they are told to be.
        if inits.contains(where: { $0.state?.terminated == nil }) {
            phase = .pending
        } else if answer.containers.allSatisfy({ $0.state?.terminated != nil }) {
            let codes = (answer.containers + inits).compactMap { $0.state?.terminated?.exitCode }
            phase = codes.allSatisfy { $0 == 0 } ? .succeeded : .failed
        } else if answer.containers.contains(where: { $0.state?.running != nil }) {
            phase = .running
        }
    }

    /// One line for people: the state of every container.
    var summary: String {
        let states = containers.values.sorted { $0.name < $1.name }.map { "\($0.name) \(Self.words($0.state))" }
        return "\(phase.rawValue) (\(states.joined(separator: "; ")))"
    }

    private static func words(_ state: ContainerState?) -> String {
        if let end = state?.terminated {
            let cause = [end.reason, end.message].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ": ")
            return "ended \(end.exitCode) \(cause)"
        }
        if let waiting = state?.waiting {
            return "waits \(waiting.reason ?? "")\(waiting.message.map { ": \($0)" } ?? "")"
        }
        return state?.running == nil ? "unknown" : "runs"
    }
}
