/// Deadlines in order, each with an id and something to wake.
///
/// A binary heap. Cancelling leaves the entry in the heap, where it is skipped; when such entries outnumber the live
/// ones they are swept out, so that both cost and memory follow the live timers.
struct TimerQueue<Target> {
    typealias Instant = ContinuousClock.Instant

    private struct Entry {
        let deadline: Instant
        let id: UInt64
    }

    private var heap: [Entry] = []
    private var live: [UInt64: (deadline: Instant, target: Target)] = [:]

    var count: Int { live.count }

    /// The deadline of the timer that fires next.
    var next: Instant? {
        mutating get {
            dropStale()
            return heap.first?.deadline
        }
    }

    /// Sets the timer `id`, or moves it if it is set for later. Returns true if it is now the next one.
    mutating func schedule(_ id: UInt64, at deadline: Instant, _ target: Target) -> Bool {
        if let known = live[id], known.deadline <= deadline { return false }
        live[id] = (deadline, target)
        push(Entry(deadline: deadline, id: id))
        if heap.count > 2 * live.count + 64 { sweep() }
        return heap[0].id == id
    }

    @discardableResult
    mutating func cancel(_ id: UInt64) -> Target? {
        live.removeValue(forKey: id)?.target
    }

    /// Takes out a timer that is due.
    mutating func popDue(at now: Instant) -> Target? {
        dropStale()
        guard let first = heap.first, first.deadline <= now else { return nil }
        removeFirst()
        return live.removeValue(forKey: first.id)?.target
    }

    /// Takes out everything.
    mutating func removeAll() -> [Target] {
        defer {
            heap = []
            live = [:]
        }
        return live.values.map(\.target)
    }

    private func isLive(_ entry: Entry) -> Bool { live[entry.id]?.deadline == entry.deadline }

    private mutating func dropStale() {
        while let first = heap.first, !isLive(first) { removeFirst() }
    }

    private mutating func sweep() {
        heap = heap.filter(isLive).sorted { $0.deadline < $1.deadline }
    }

    private mutating func push(_ entry: Entry) {
        heap.append(entry)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].deadline < heap[parent].deadline else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            let left = 2 * parent + 1
            var least = parent
            for child in [left, left + 1] where child < heap.count && heap[child].deadline < heap[least].deadline {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
