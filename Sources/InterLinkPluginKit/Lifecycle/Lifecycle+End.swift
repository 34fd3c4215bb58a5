package import InterLinkAPI

extension Lifecycle {
    /// Takes a delete: returns when it is on the disk, and pursues it from then on.
    ///
    /// For a UID that is not known a tombstone is kept, since the delete may have overtaken the create. When it cannot be
    /// written down it is pursued all the same, for as long as this process lives, and the error says so.
    package func delete(_ reference: PodReference) async throws(StoreError) {
        guard let uid = PodUID(reference.uid) else { return }
        let now = clock.now
        let known = table.pod(uid)
        let seconds = reference.deletionGracePeriodSeconds ?? reference.terminationGracePeriodSeconds
        let grace =
            seconds.map { Duration.seconds(max(0, min($0, 86_400 * 365))) } ?? known?.digest.grace ?? .seconds(30)
        failpoints.hit(.deleteBefore)
        let tombstone = Tombstone(
            uid: uid, namespace: reference.namespace, name: reference.name,
            placement: known?.placement ?? tombstones[uid]?.placement ?? sightings.stray(of: uid)?.placement, at: now,
            isDeleted: true)
        // In memory before the first await: a create that comes now meets it.
        tombstones[uid] = tombstone
        table.update(uid) { $0.end(for: .deleted, grace: grace, at: now) }
        if known != nil { traces[uid] = TraceContext.current }
        outcomes.removeValue(forKey: uid)?.resolve(.failure(.deleted(uid: uid)))
        touch(uid)
        try await store.recordDeletion(DeletionRecord(at: now, grace: grace), tombstone: tombstone)
        failpoints.hit(.deleteAfter)
    }

    /// Nobody named it in time: from now on it is pursued like a deleted one.
    func giveUp(_ uid: PodUID) async {
        await end(uid, for: .unclaimed)
        report(.unclaimed(uid, table.pod(uid)?.phase.handle))
    }

    /// Ends a pod by the host's own decision, on the disk first.
    func end(_ uid: PodUID, for cause: Deletion.Cause) async {
        guard let pod = table.pod(uid) else { return }
        let now = clock.now
        failpoints.hit(.unclaimedBefore)
        do throws(StoreError) {
            try await store.recordDeletion(
                DeletionRecord(at: now, grace: pod.digest.grace), tombstone: pod.tombstone(at: now))
            failpoints.hit(.unclaimedAfter)
            table.update(uid) { pod in
                pod.wrote()
                // A claim may have come while this was being written.
                pod.claimBy = nil
                pod.end(for: cause, grace: pod.digest.grace, at: now)
            }
        } catch {
            report(.recordFailed(uid, error))
            table.update(uid) { [settings] in $0.failedToWrite(at: now, settings: settings) }
        }
    }

    /// There is no job and there will be none.
    func withdraw(_ uid: PodUID) async {
        failpoints.hit(.withdrawBefore)
        let isDeleted = table.pod(uid)?.deletion?.cause == .deleted
        outcomes.removeValue(forKey: uid)?.resolve(
            .failure(isDeleted ? .deleted(uid: uid) : .withdrawn(why: "nobody asked for it in time")))
        await forget(uid)
    }

    /// Asks jobs of one placement to end.
    func stop(_ uids: [PodUID], grace: Duration) async {
        let jobs = uids.compactMap { table.pod($0)?.job(of: store.instance) }
        failpoints.hit(.stopBefore)
        let outcome = await calls.call(.stop, within: settings.callDeadline, for: takeTrace(of: uids)) {
            try await $0.stop(jobs, grace: grace)
        }
        failpoints.hit(.stopAfter)
        let now = clock.now
        for uid in uids {
            table.update(uid) { [settings] pod in
                switch outcome {
                case .done: pod.deletion?.stopped(at: now, settings: settings)
                case .failed, .overdue: pod.deletion?.stopFailed(at: now, settings: settings)
                }
            }
        }
    }

    /// Removes what is left of an ended job, and forgets the pod.
    func remove(_ uid: PodUID) async {
        guard let job = table.pod(uid)?.job(of: store.instance) else { return }
        failpoints.hit(.removeBefore)
        let outcome = await calls.call(.remove, within: settings.removeDeadline) { try await $0.remove(job) }
        switch outcome {
        case .done:
            failpoints.hit(.removeAfter)
            await forget(uid)
        case .failed, .overdue:
            table.update(uid) { [clock, settings] in
                $0.deletion?.removalFailed(at: clock.now, settings: settings)
            }
        }
    }

    private func forget(_ uid: PodUID) async {
        guard let pod = table.pod(uid) else { return }
        let now = clock.now
        let tombstone = pod.tombstone(at: now)
        failpoints.hit(.forgetBefore)
        do throws(StoreError) {
            try await store.forget(leaving: tombstone)
            failpoints.hit(.forgetAfter)
            // First the one and then the other: who looks meanwhile from another thread finds at least one.
            tombstones[uid] = tombstone
            table.remove(uid)
            requests[uid] = nil
            traces[uid] = nil
            report(.removed(uid))
        } catch {
            report(.recordFailed(uid, error))
            table.update(uid) { [settings] pod in
                pod.failedToWrite(at: now, settings: settings)
                pod.deletion?.removalFailed(at: now, settings: settings)
            }
        }
    }
}
