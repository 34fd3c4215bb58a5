/// Untruths by their kind, with a few examples of each.
struct TruthTally: Sendable {
    private(set) var counts: [Untruth.Kind: (count: Int, examples: [String])] = [:]
    /// Statuses that were looked at.
    var judged = 0

    private static let examples = 5

    mutating func note(_ untruths: [Untruth]) {
        for untruth in untruths {
            counts[untruth.kind, default: (0, [])].count += 1
            if (counts[untruth.kind]?.examples.count ?? 0) < Self.examples {
                counts[untruth.kind]?.examples.append(untruth.detail)
            }
        }
    }
}
