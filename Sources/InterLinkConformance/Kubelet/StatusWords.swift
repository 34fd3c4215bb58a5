import InterLinkAPI
import KubernetesModel

extension ContainerStatus {
    /// `waiting (ContainerCreating)`, `running`, `ended with 3`.
    var stateText: String {
        if let end = state?.terminated { return "ended with \(end.exitCode)" }
        if let waiting = state?.waiting { return "waiting" + (waiting.reason.map { " (\($0))" } ?? "") }
        return state?.running == nil ? "without a state" : "running"
    }
}

extension PodStatusAnswer {
    /// `init: fetch ended with 0; containers: main running`
    var summary: String {
        func list(_ statuses: [ContainerStatus]) -> String {
            statuses.isEmpty ? "none" : statuses.map { "\($0.name) \($0.stateText)" }.joined(separator: ", ")
        }
        let inits = initContainers.map { "init containers: \(list($0)); " } ?? ""
        return "\(inits)containers: \(list(containers))"
    }
}

extension String {
    /// In quotes, harmless for a terminal.
    var quoted: String { debugDescription }

    /// Its beginning, if it is long.
    func shortened(to limit: Int = 600) -> String {
        count > limit ? "\(prefix(limit))… (\(utf8.count) bytes in all)" : self
    }
}
