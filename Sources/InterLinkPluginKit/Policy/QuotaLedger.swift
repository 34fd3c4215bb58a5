import KubernetesModel

/// What the pods of each virtual node ask for together, held against the quotas.
struct QuotaLedger {
    private struct Entry {
        let node: String
        let totals: PodTotals
    }

    private let rules: [QuotaRule]
    private var entries: [String: Entry] = [:]
    private var sums: [String: (pods: Int, totals: PodTotals)] = [:]

    init(_ rules: [QuotaRule]) {
        self.rules = rules
    }

    /// Enters a pod, if there is room for it. A pod that is entered already stays as it is.
    mutating func enter(_ uid: String, node: String, _ totals: PodTotals) throws(PolicyRefusal) {
        guard entries[uid] == nil else { return }
        if let rule = rules.first(where: { NamePattern($0.node).matches(node) }) {
            let sum = sums[node] ?? (0, PodTotals())
            try check(rule, node, sum.pods, sum.totals, with: totals)
        }
        restore(uid, node: node, totals)
    }

    /// Enters a pod that was admitted before, whatever the quotas are now. Where there are none, nothing is counted.
    mutating func restore(_ uid: String, node: String, _ totals: PodTotals) {
        guard !rules.isEmpty, entries[uid] == nil else { return }
        entries[uid] = Entry(node: node, totals: totals)
        var sum = sums[node] ?? (0, PodTotals())
        sum.pods += 1
        sum.totals.add(totals.amounts)
        sums[node] = sum
    }

    /// Strikes out a pod that has ended or was never started.
    mutating func strike(_ uid: String) {
        guard let entry = entries.removeValue(forKey: uid) else { return }
        // Summed again rather than subtracted: amounts are capped, so a sum cannot always be taken back.
        let others = entries.values.filter { $0.node == entry.node }
        sums[entry.node] =
            others.isEmpty
            ? nil : (others.count, others.reduce(into: PodTotals()) { $0.add($1.totals.amounts) })
    }

    private func check(
        _ rule: QuotaRule, _ node: String, _ pods: Int, _ sum: PodTotals, with totals: PodTotals
    ) throws(PolicyRefusal) {
        if let most = rule.pods, pods >= most {
            throw PolicyRefusal(
                .quotas, "node \(node)", found: "has \(pods) pods", allowed: "at most \(most) at a time")
        }
        for (name, maximum) in rule.maximum.sorted(by: { $0.key < $1.key }) where totals[name] > .zero {
            guard sum[name] + totals[name] > maximum else { continue }
            throw PolicyRefusal(
                .quotas, "node \(node)", found: "uses \(sum[name]) of \(name) and would use \(totals[name]) more",
                allowed: "at most \(maximum)")
        }
    }
}
