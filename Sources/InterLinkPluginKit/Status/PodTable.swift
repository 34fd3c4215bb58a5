import InterLinkSystem

/// All pods in memory. The lifecycle alone changes them; anybody may look, from any thread, without waiting for it.
package final class PodTable: Sendable {
    /// A pod is large, and a dictionary keeps room for more values than it has.
    private final class Entry {
        var pod: TrackedPod

        init(_ pod: TrackedPod) { self.pod = pod }
    }

    private let entries = Lock<[PodUID: Entry]>([:])

    package func pod(_ uid: PodUID) -> TrackedPod? { entries.withLock { $0[uid]?.pod } }

    package var count: Int { entries.withLock { $0.count } }

    package var all: [TrackedPod] { entries.withLock { $0.values.map(\.pod) } }

    func insert(_ pod: TrackedPod) { entries.withLock { $0[pod.uid] = Entry(pod) } }

    func remove(_ uid: PodUID) { entries.withLock { $0[uid] = nil } }

    /// Changes a pod in place; nil when there is none.
    @discardableResult
    func update<Result>(_ uid: PodUID, _ body: (inout TrackedPod) -> Result) -> Result? {
        entries.withLock { entries in entries[uid].map { body(&$0.pod) } }
    }

    /// The UIDs of pods that pass.
    func uids(where isWanted: (TrackedPod) -> Bool) -> [PodUID] {
        entries.withLock { $0.values.filter { isWanted($0.pod) }.map(\.pod.uid) }
    }
}
