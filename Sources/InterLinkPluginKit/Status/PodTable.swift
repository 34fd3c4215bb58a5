import InterLinkSystem

/// All pods in memory. The lifecycle alone changes them; anybody may look, from any thread, without waiting for it.
package final class PodTable: Sendable {
    private let pods = Lock<[PodUID: TrackedPod]>([:])

    package func pod(_ uid: PodUID) -> TrackedPod? { pods.withLock { $0[uid] } }

    package var count: Int { pods.withLock { $0.count } }

    package var all: [TrackedPod] { pods.withLock { Array($0.values) } }

    func insert(_ pod: TrackedPod) { pods.withLock { $0[pod.uid] = pod } }

    func remove(_ uid: PodUID) { _ = pods.withLock { $0.removeValue(forKey: uid) } }

    /// Changes a pod in place; nil when there is none.
    @discardableResult
    func update<Result>(_ uid: PodUID, _ body: (inout TrackedPod) -> Result) -> Result? {
        pods.withLock { pods in
            guard let index = pods.index(forKey: uid) else { return nil }
            return body(&pods.values[index])
        }
    }

    /// The UIDs of pods that pass.
    func uids(where isWanted: (TrackedPod) -> Bool) -> [PodUID] {
        pods.withLock { $0.values.filter(isWanted).map(\.uid) }
    }
}
