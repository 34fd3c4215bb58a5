extension Lifecycle {
    /// Takes in a complete list of a placement that began at `start`; true when it brought something new.
    func hear(_ jobs: [ListedJob], at placement: Placement, begun start: Moment) -> Bool {
        var found: [JobMark: [ListedJob]] = [:]
        var live: Set<UnwantedKey> = []
        for job in jobs {
            guard let mark = JobMark(job.mark) else { continue }
            found[mark, default: []].append(job)
            if !job.hasEnded { live.insert(UnwantedKey(uid: mark.uid, id: job.handle.id)) }
        }
        var broughtNews = false
        for uid in table.uids(where: { $0.placement == placement }) {
            let heard = table.update(uid) { [settings, store] pod in
                let mine = found.removeValue(forKey: pod.mark(own: store.instance)) ?? []
                return pod.hear(list: mine, begun: start, settings: settings)
            }
            if let heard { broughtNews = follow(heard, uid, seen: start) || broughtNews }
        }
        var strays: [Stray] = []
        for (mark, jobs) in found { strays += hearOfNoPod(mark, jobs, placement, start) }
        sightings.heard(strays: strays, at: placement, begun: start)
        for (key, job) in unwanted where job.job.placement == placement {
            if live.contains(key) { unwanted[key]?.seen(at: start) } else { unwanted[key]?.missed(in: start) }
        }
        look()
        return broughtNews
    }

    /// Takes in what the backend said of a job that it was asked for, or of its own accord.
    func hear(_ observation: Observation, of uid: PodUID, evidence taken: Moment) {
        let heard = table.update(uid) { [settings] in $0.hear(observation, evidence: taken, settings: settings) }
        if let heard { _ = follow(heard, uid, seen: taken) }
    }

    /// Takes in news that the backend pushed. The id and the mark must both be those of a job of ours.
    func hear(_ event: Event) {
        guard let mark = JobMark(event.mark), let pod = table.pod(mark.uid), pod.mark(own: store.instance) == mark,
            pod.phase.handle?.id == event.id
        else { return }
        let now = clock.now
        hear(event.observation, of: mark.uid, evidence: min(event.at ?? now, now))
    }

    func follow(_ heard: Heard, _ uid: PodUID, seen start: Moment) -> Bool {
        guard let pod = table.pod(uid) else { return false }
        if heard.isFirstMiss { failpoints.hit(.searchEmpty) }
        if heard.isNotSubmitted {
            failpoints.hit(.searchConcluded)
            report(.notSubmitted(uid, why: "two lists did not show it, nor does the backend remember it"))
        }
        if heard.cannotBeKnown {
            begin([uid]) { lifecycle in await lifecycle.conclude(uid, .rejected(why: Self.unknowable)) }
        }
        if let handle = heard.adopted {
            failpoints.hit(.adoptBefore)
            report(.adopted(uid, handle))
            begin([uid]) { lifecycle in
                await lifecycle.conclude(uid, .started(handle, at: start))
                lifecycle.failpoints.hit(.adoptAfter)
            }
        }
        for handle in heard.unwanted {
            noteUnwanted(handle, of: pod, seen: start, why: "a second job of its pod")
        }
        if heard.news.ranAgain, let handle = pod.phase.handle {
            report(.ranAgain(uid, handle))
            noteUnwanted(handle, of: pod, seen: start, why: "it ran again after it was reported to have ended")
        }
        if heard.news.isChanged { writeStates(of: uid) }
        if heard.hasJustEnded {
            failpoints.hit(.endSeen)
            report(.ended(uid))
        }
        let broughtNews = heard != Heard()
        if broughtNews { touch(uid) }
        return broughtNews
    }

    /// Jobs with a mark for which there is no pod: late ones of tombstones are ended, others are strays, which it gives.
    private func hearOfNoPod(
        _ mark: JobMark, _ jobs: [ListedJob], _ placement: Placement, _ start: Moment
    ) -> [Stray] {
        // Another placement's pod is followed by the list of that one, even where the two overlap.
        if table.update(mark.uid, { [store] in $0.mark(own: store.instance) == mark }) == true { return [] }
        // What interLink deleted is ended, whoever made its job: earlier records may have been lost.
        if let tombstone = tombstones[mark.uid], mark.instance == store.instance || tombstone.isDeleted {
            // A list that began before the pod was forgotten may show its last moments.
            if start > tombstone.at, let late = jobs.first(where: { !$0.hasEnded }), table.pod(mark.uid) == nil {
                takeLate(late, mark, of: tombstone, at: placement, start)
            }
            return []
        }
        let strays = jobs.map { Stray(mark: mark, job: $0, placement: placement, seenAt: start) }
        for stray in strays where !sightings.isKnown(stray.key) {
            report(.stray(placement, stray.job.handle, mark: stray.job.mark))
        }
        return strays
    }

    /// A job that came after its pod was deleted or given up: on the disk with it, then it is ended like any other.
    private func takeLate(
        _ job: ListedJob, _ mark: JobMark, of tombstone: Tombstone, at placement: Placement, _ start: Moment
    ) {
        let uid = tombstone.uid
        let digest = PodDigest(
            uid: uid, namespace: tombstone.namespace, name: tombstone.name, node: "", restartPolicy: .never,
            grace: .seconds(30), containers: [])
        let record = PodRecord(
            digest: digest, jobID: mark.description, placement: placement, createdAt: start,
            stage: .started(job.handle, at: start), isClaimed: true,
            deletion: DeletionRecord(at: start, grace: digest.grace))
        table.insert(
            TrackedPod(
                restoring: record, book: StatusBook(), isDeleted: tombstone.isDeleted, at: clock.now,
                settings: settings))
        report(
            .unwanted(uid, job.handle, why: "it came after its pod was \(tombstone.isDeleted ? "deleted" : "given up")")
        )
        begin([uid]) { lifecycle in
            lifecycle.failpoints.hit(.lateBefore)
            do throws(StoreError) {
                try await lifecycle.store.recordLateJob(record)
                lifecycle.failpoints.hit(.lateAfter)
            } catch {
                lifecycle.report(.recordFailed(uid, error))
            }
        }
    }

    /// Puts the container states of a pod on the disk, one write at a time; then what is new may be told.
    func writeStates(of uid: PodUID) {
        guard !writing.contains(uid), let book = table.update(uid, { $0.book.takeUnwritten() }) ?? nil else { return }
        writing.insert(uid)
        Task {
            failpoints.hit(.stateBefore)
            let record = StateRecord(attempt: book.attempt, endedAt: book.endedAt, containers: book.known)
            var pause = Duration.zero
            do throws(StoreError) {
                try await store.recordStates(record, of: uid)
                failpoints.hit(.stateAfter)
                table.update(uid) { $0.book.wrote(book) }
            } catch {
                report(.recordFailed(uid, error))
                table.update(uid) { $0.book.failedToWrite() }
                pause = settings.firstRetry
            }
            if pause > .zero { try? await clock.sleep(for: pause) }
            writing.remove(uid)
            noteIdle()
            if !(isDraining && pause > .zero) { writeStates(of: uid) }
        }
    }
}
