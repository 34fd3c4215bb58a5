import Synchronization

/// The memory that all bodies share.
final class BodyBudget: Sendable {
    private let used = Atomic<Int>(0)
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var bytesInUse: Int { used.load(ordering: .relaxed) }

    /// Takes a share; false when there is not enough left.
    func reserve(_ count: Int) -> Bool {
        let (_, total) = used.wrappingAdd(count, ordering: .relaxed)
        if total <= limit { return true }
        release(count)
        return false
    }

    func release(_ count: Int) {
        used.wrappingSubtract(count, ordering: .relaxed)
    }
}
