import InterLinkSystem

/// What was seen of offences against the rules that hold for every pod.
final class RuleBook: Sendable {
    private struct Entry {
        let check: String
        let pod: String
        let finding: Finding
    }

    private let entries: Lock<[StandingRule: [Entry]]> = Lock([:])
    /// So many are told; more would not say more.
    private static let limit = 5

    /// Notes one offence a pod and rule.
    func note(_ rule: StandingRule, check: String, pod: String, _ finding: Finding) {
        entries.withLock { entries in
            guard entries[rule, default: []].count < Self.limit,
                !entries[rule, default: []].contains(where: { $0.pod == pod })
            else { return }
            entries[rule, default: []].append(Entry(check: check, pod: pod, finding: finding))
        }
    }

    func findings(_ rule: StandingRule) -> [Finding] {
        entries.withLock { $0[rule] ?? [] }.map { entry in
            var finding = entry.finding
            finding.sent += " (pod \(entry.pod) of \(entry.check))"
            return finding
        }
    }
}
