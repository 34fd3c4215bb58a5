package import InterLinkAPI

/// Answers status requests from memory.
package struct StatusResponder: Sendable {
    private let lifecycle: Lifecycle
    private let settings: AnswerSettings

    package init(lifecycle: Lifecycle, settings: AnswerSettings = .init()) {
        self.lifecycle = lifecycle
        self.settings = settings
    }

    /// The body of the answer. Waits for nobody.
    package func body(for references: [PodReference]) async -> [UInt8] {
        var pods: [(asked: PodReference, known: KnownPod)] = []
        pods.reserveCapacity(references.count)
        for reference in references { pods.append((reference, known(reference))) }
        return StatusAnswer.body(for: pods, settings: settings) { uid, marks in
            lifecycle.table.update(uid) { $0.marks = marks }
        }
    }

    private func known(_ reference: PodReference) -> KnownPod {
        guard let uid = PodUID(reference.uid) else { return .untracked(.leftOut) }
        if let view = lifecycle.view(of: uid, jobID: reference.jobID) { return .tracked(view) }
        return .untracked(UntrackedPod(reference, standing: lifecycle.standing(of: uid, jobID: reference.jobID)))
    }
}
