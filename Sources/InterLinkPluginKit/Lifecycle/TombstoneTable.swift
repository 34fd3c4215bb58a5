import InterLinkSystem

/// The tombstones in memory. The lifecycle alone changes them; anybody may look, from any thread.
final class TombstoneTable: Sendable {
    private let tombstones = Lock<[PodUID: Tombstone]>([:])

    subscript(uid: PodUID) -> Tombstone? {
        get { tombstones.withLock { $0[uid] } }
        set { tombstones.withLock { $0[uid] = newValue } }
    }

    var all: [Tombstone] { tombstones.withLock { Array($0.values) } }

    func keep(_ isKept: (Tombstone) -> Bool) {
        tombstones.withLock { $0 = $0.filter { isKept($0.value) } }
    }
}
