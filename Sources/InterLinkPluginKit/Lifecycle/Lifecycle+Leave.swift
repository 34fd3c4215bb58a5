extension Lifecycle {
    /// Answers all waiting creates, starts nothing new, and waits for what is under way. Jobs go on running.
    package func drain(within limit: Duration) async {
        beginDraining()
        for race in races.values { race.resolve(nil) }
        let end = clock.now + limit
        while hasWork && clock.now < end { await idle.wait(until: end, by: clock) }
    }

    /// Writes down for which pods the backend was not called, or said that it has no room: the next process submits them
    /// at once, where it would have to look for a job first.
    ///
    /// To be called last, after ``drain(within:)`` and when no requests come any more.
    package func leave() async {
        guard isDraining else { return }
        // What is under way may be on the way to the backend, although it does not say so yet.
        let waiting = table.uids { pod in
            if case .queued = pod.phase { !pod.isRecordedWaiting } else { false }
        }.filter { !isUnderWay($0) }
        failpoints.hit(.leaveBefore)
        await withTaskGroup(of: Void.self) { group in
            for uid in waiting { group.addTask { await self.recordWaiting(uid) } }
        }
    }

    private func recordWaiting(_ uid: PodUID) async {
        do throws(StoreError) {
            try await store.recordStage(.waiting, of: uid)
            failpoints.hit(.leaveAfter)
            table.update(uid) { $0.isRecordedWaiting = true }
        } catch {
            report(.recordFailed(uid, error))
        }
    }
}
