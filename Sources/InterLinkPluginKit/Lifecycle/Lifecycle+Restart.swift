extension Lifecycle {
    /// Takes over what an earlier process wrote down. To be called once, before anything else.
    package func restore() async throws(StoreError) {
        let contents = try await store.load()
        let now = clock.now
        for tombstone in contents.tombstones { tombstones[tombstone.uid] = tombstone }
        for record in contents.pods {
            var book = StatusBook()
            if let states = record.states { book = StatusBook(restoring: states) }
            if case .rejected(let why) = record.stage {
                _ = book.end(by: Ending(reason: "SubmissionRejected", message: why), evidence: now, of: record.digest)
            }
            table.insert(
                TrackedPod(
                    restoring: record, book: book, isDeleted: tombstones[record.uid]?.isDeleted == true, at: now,
                    settings: settings))
            touch(record.uid)
            writeStates(of: record.uid)
        }
    }

    /// What interLink sees of a pod, from memory; nil when it is not known.
    ///
    /// Being asked for is a claim when the asker holds our answer, which it shows by the annotation `JobID`, and after a
    /// restart in any case: a Virtual Kubelet that got no answer has failed the pod and asks no more.
    package nonisolated func view(of uid: PodUID, jobID: String?) -> PodView? {
        let now = clock.now
        let found = table.update(uid) { pod in
            pod.askedAt = now
            return (PodView(pod), !pod.isClaimed && (pod.claimBy != nil || jobID == pod.jobID))
        }
        guard let (view, isClaim) = found else { return nil }
        if isClaim { Task { await claim(uid) } }
        return view
    }

    /// Ends finished pods that nobody asks for, reports running ones, and lets old tombstones go.
    package func sweep() async {
        let now = clock.now
        for pod in table.all where pod.deletion == nil && now - pod.askedAt >= settings.expiry {
            guard let endedAt = pod.book.endedAt ?? pod.goneAt else {
                report(.unasked(pod.uid))
                continue
            }
            // The end is known by the clock of the process that saw it; a clock set back makes it no younger.
            guard now - min(endedAt, pod.askedAt) >= settings.expiry else { continue }
            report(.expired(pod.uid))
            await end(pod.uid, for: .expired)
            touch(pod.uid)
        }
        let oldest = now - settings.tombstoneTime
        tombstones.keep { $0.at >= oldest || table.pod($0.uid) != nil }
        do throws(StoreError) {
            try await store.purgeTombstones(before: oldest)
        } catch {
            report(.purgeFailed(error))
        }
    }

    /// Where to list, and whether it is urgent.
    func placements() -> [Placement: Bool] {
        let now = clock.now
        var wanted: [Placement: Bool] = [:]
        for placement in calls.plugin.standingPlacements { wanted[placement] = false }
        for pod in table.all where !pod.hasEnded || pod.deletion != nil { wanted[pod.placement] = false }
        for tombstone in tombstones.all where now - tombstone.at < settings.lateJobTime {
            if let placement = tombstone.placement { wanted[placement] = false }
        }
        for placement in urgent { wanted[placement] = true }
        listed = Set(wanted.keys)
        sightings.look(only: calls.plugin.standingPlacements.isEmpty ? nil : listed)
        return wanted
    }

    /// Jobs that the last list of a placement should have shown and did not.
    func missing(at placement: Placement) -> [TrackedJob] {
        jobs { $0.placement == placement && $0.absence != nil && $0.goneAt == nil }
    }

    /// Jobs whose containers may change.
    func running() -> [TrackedJob] { jobs { !$0.hasEnded } }

    private func jobs(where isWanted: (TrackedPod) -> Bool) -> [TrackedJob] {
        table.all.filter(isWanted).compactMap { $0.job(of: store.instance) }
    }
}
