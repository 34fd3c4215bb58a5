package import InterLinkAPI

/// Answers status requests from memory.
package struct StatusResponder: Sendable {
    private let lifecycle: Lifecycle
    private let engine: StatusEngine
    private let settings: AnswerSettings

    package init(lifecycle: Lifecycle, engine: StatusEngine, settings: AnswerSettings = .init()) {
        self.lifecycle = lifecycle
        self.engine = engine
        self.settings = settings
    }

    /// The body of the answer. Waits for nobody, unless a pod is asked for that is not tracked.
    package func body(for references: [PodReference]) async -> [UInt8] {
        var pods: [(asked: PodReference, known: KnownPod)] = []
        pods.reserveCapacity(references.count)
        for reference in references { pods.append((reference, await find(reference))) }
        return StatusAnswer.body(for: pods, settings: settings) { uid, marks in
            lifecycle.table.update(uid) { $0.marks = marks }
        }
    }

    private func find(_ reference: PodReference) async -> KnownPod {
        guard let uid = PodUID(reference.uid) else { return .untracked(.leftOut) }
        if let view = lifecycle.view(of: uid, jobID: reference.jobID) { return .tracked(view) }
        let isSure = await engine.hasListedAll()
        let tombstone = await lifecycle.tombstones[uid]
        // A create may have come meanwhile.
        if let view = lifecycle.view(of: uid, jobID: reference.jobID) { return .tracked(view) }
        return .untracked(UntrackedPod(reference, tombstone: tombstone, isSure: isSure))
    }
}
