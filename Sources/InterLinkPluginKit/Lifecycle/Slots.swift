/// Calls that are bounded together.
enum SlotKind: Hashable, Sendable {
    case submit, other
}

/// How many calls may be open at a time.
struct Slots {
    struct Taken: Hashable, Sendable {
        let kind: SlotKind
        let number: Int
    }

    private var free: Int
    private var open: Set<Int> = []
    private var next = 0

    init(free: Int) { self.free = free }

    mutating func take(_ kind: SlotKind) -> Taken? {
        guard free > 0 else { return nil }
        free -= 1
        next += 1
        open.insert(next)
        return Taken(kind: kind, number: next)
    }

    /// False when it was given back before.
    mutating func release(_ taken: Taken) -> Bool {
        guard open.remove(taken.number) != nil else { return false }
        free += 1
        return true
    }
}
