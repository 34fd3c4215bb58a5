import Synchronization

/// The memory that all bodies share.
final class BodyBudget: Sendable {
    private let used = Atomic<Int>(0)
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var bytesInUse: Int { used.load(ordering: .relaxed) }

    /// Takes a share, to be released, or refuses with 503.
    func reserve(_ count: Int) throws(HTTPFault) {
        let (_, total) = used.wrappingAdd(count, ordering: .relaxed)
        guard total > limit else { return }
        release(count)
        throw HTTPFault(.serviceUnavailable, "too many large bodies at the moment", retryAfter: 1)
    }

    func release(_ count: Int) {
        used.wrappingSubtract(count, ordering: .relaxed)
    }
}
