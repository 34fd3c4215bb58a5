/// "Did you mean": the known word that is nearest to an unknown one.
enum NearMiss {
    static func of(_ word: String, among known: some Sequence<String>) -> String? {
        let plain = simplified(word)
        let limit = max(1, min(plain.count / 3, 3))
        let candidates = known.map { (word: $0, distance: distance(plain, simplified($0), limit: limit)) }
        return candidates.filter { $0.distance <= limit }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
    }

    /// Case, underscores and dashes are what people mix up most.
    private static func simplified(_ word: String) -> [UInt8] {
        word.lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
    }

    /// Letters added, left out, changed or swapped with the next one.
    private static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
        guard abs(left.count - right.count) <= limit else { return limit + 1 }
        var previous: [Int] = []
        var current = Array(0...right.count)
        for row in 0..<left.count {
            var next = [row + 1]
            for column in 0..<right.count {
                let change = current[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(change, current[column + 1] + 1, next[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, previous[column - 1] + 1)
                }
                next.append(best)
            }
            (previous, current) = (current, next)
        }
        return current[right.count]
    }
}
