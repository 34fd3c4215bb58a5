/// What the containers of a load run, and what they print: lines that name the pod, the event and its time.
struct LoadScript: Sendable {
    /// Every line begins so.
    static let mark = "interlink-load"

    let pod: LoadPod
    let runTime: Duration

    /// The text for a shell. It asks nothing of the image but `date` and `sleep`; times have a fraction where `date` knows
    /// one. There is no `$(…)` in it, which Kubernetes and plugins look into.
    func text(for container: String) -> String {
        guard container == pod.main else { return "\(line("start")); \(line("end")); exit 0" }
        switch pod.role {
        case .ends(let code):
            return "\(line("start")); sleep \(seconds); \(line("end")); exit \(code)"
        case .stays:
            return "\(line("start")); exec sleep 1000000"
        case .prints:
            let numbers = (1...min(seconds, Self.mostLines)).map(String.init).joined(separator: " ")
            return
                "\(line("start")); for i in \(numbers); do \(line("line")); sleep 1; done; \(line("end")); exit 0"
        }
    }

    private static let mostLines: Int64 = 600

    private var seconds: Int64 { max(1, runTime.components.seconds) }

    private func line(_ event: String) -> String { "echo \"\(Self.mark) \(pod.uid) \(event) `date +%s.%N`\"" }
}
