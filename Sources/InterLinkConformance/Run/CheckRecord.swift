import InterLinkSystem

/// What a check has found and said.
final class CheckRecord: Sendable {
    private struct State {
        var findings: [Finding] = []
        var exchanges: [RecordedExchange] = []
        var pods: [LivePod] = []
    }

    let began = ContinuousClock.now
    private let state: Lock<State> = Lock(State())
    private static let limit = 200

    func add(_ finding: Finding) { state.withLock { $0.findings.append(finding) } }

    func add(_ pod: LivePod) { state.withLock { $0.pods.append(pod) } }

    /// Keeps an exchange; one like the last about the same pod is only counted.
    func add(_ exchange: RecordedExchange) {
        state.withLock { state in
            let last = state.exchanges.lastIndex { $0.pod == exchange.pod && $0.call == exchange.call }
            if let last, state.exchanges[last].status == exchange.status,
                state.exchanges[last].received == exchange.received
            {
                state.exchanges[last].times += 1
            } else if state.exchanges.count < Self.limit {
                state.exchanges.append(exchange)
            }
        }
    }

    var findings: [Finding] { state.withLock { $0.findings } }
    var exchanges: [RecordedExchange] { state.withLock { $0.exchanges } }
    var pods: [LivePod] { state.withLock { $0.pods } }
}

/// Why a check goes no further.
enum CheckStop: Error {
    /// What it has found is told already.
    case found
    /// It cannot come to what it wants to know.
    case blocked(String)
    /// It does not apply to this plugin.
    case inapplicable(String)
}
