/// How asking a backend's memory goes.
struct Recall {
    var isOpen = false
    var failures = 0
    var notBefore = Moment.distantPast
}

extension StatusEngine {
    /// Asks what a placement remembers of jobs that its lists do not show: all of them in one call, after a list.
    ///
    /// It is no part of the round: a memory that hangs holds up no list.
    func recall(at placement: Placement) async {
        let recall = recalls[placement] ?? Recall()
        guard !recall.isOpen, recall.notBefore <= clock.now else { return }
        recalls[placement] = recall
        recalls[placement]?.isOpen = true
        let sought = await lifecycle.sought(at: placement)
        let named = await lifecycle.named(at: placement)
        var hasFailed = false
        for case let wanted? in [sought, named] where !(await find(wanted, at: placement)) { hasFailed = true }
        recalls[placement]?.isOpen = false
        if hasFailed {
            let failures = recall.failures + 1
            recalls[placement]?.failures = failures
            recalls[placement]?.notBefore = clock.now + settings.retry(after: failures)
        } else {
            recalls[placement] = nil
        }
    }

    /// True when the backend answered.
    private func find(_ wanted: Lifecycle.Wanted, at placement: Placement) async -> Bool {
        let start = clock.now
        let outcome = await lifecycle.calls.call(.find, within: settings.callDeadline) {
            try await $0.find(wanted.marks, since: wanted.since, at: placement)
        }
        switch outcome {
        case .done(let jobs):
            await lifecycle.hear(memory: jobs, of: wanted, at: placement, asked: start)
            return true
        case .failed, .overdue: return false
        }
    }
}
