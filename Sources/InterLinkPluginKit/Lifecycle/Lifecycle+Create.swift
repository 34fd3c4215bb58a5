package import InterLinkAPI
import LosslessJSON

typealias CreateOutcome = Result<Void, CreateError>

extension Lifecycle {
    /// Starts a pod, or finds that it was started. Returns when the outcome is on the disk, or at the soft limit with the
    /// promise that the host pursues it.
    ///
    /// When the answer has left for interLink, or could not, the caller says so by ``answered(_:delivered:)``.
    package func create(_ request: CreateRequest) async throws(CreateError) -> CreateAnswer {
        let digest = try PodDigest(request)
        let uid = digest.uid
        failpoints.hit(.createBegun)
        if tombstones[uid]?.isDeleted == true { throw .deleted(uid: uid) }
        if unwanted.keys.contains(where: { $0.uid == uid }) {
            throw .withdrawn(why: "an earlier job of it is still being stopped")
        }
        if table.pod(uid) == nil {
            if let stray = sightings.stray(of: uid) {
                // Earlier records were lost, and its job goes on or has ended: a second one would run the pod twice.
                outcomes[uid] = Eventual()
                try await takeOver(stray, as: digest, isClaimed: false)
            } else {
                try await record(digest, request)
            }
        } else {
            try join(digest, request)
        }
        let outcome = outcomes[uid] ?? Eventual()
        if let pod = table.pod(uid), pod.unwrittenStage == nil, pod.phase.handle != nil {
            outcome.resolve(.success(()))
        }
        switch await race(outcome, of: uid) {
        case .success: break
        case .failure(let error): throw error
        case nil: try await promise(uid, request)
        }
        guard let pod = table.pod(uid), pod.deletion == nil else { throw .deleted(uid: uid) }
        table.update(uid) { $0.isAnswered = true }
        failpoints.hit(.answerBefore)
        return CreateAnswer(podJID: pod.jobID, podUID: uid.text)
    }

    /// Hears whether an answer of success reached interLink.
    ///
    /// The claim is written only now, and not before the answer: after a crash in between, a Virtual Kubelet that has the
    /// answer names the pod within seconds, while one that has not would leave it running for ever.
    package func answered(_ uid: PodUID, delivered: Bool) async {
        if delivered {
            await claim(uid)
        } else {
            table.update(uid) { [clock, settings] pod in
                if !pod.isClaimed && pod.claimBy == nil { pod.claimBy = clock.now + settings.claim }
            }
            touch(uid)
        }
    }

    /// Somebody who holds our answer named the pod.
    func claim(_ uid: PodUID) async {
        let isNew = table.update(uid) { pod in
            defer { pod.claim() }
            return !pod.isClaimed
        }
        guard isNew == true else { return }
        touch(uid)
        failpoints.hit(.claimBefore)
        do throws(StoreError) {
            try await store.recordClaim(of: uid)
            failpoints.hit(.claimAfter)
        } catch {
            report(.recordFailed(uid, error))
        }
    }

    /// A UID that is not known: the intent goes to the disk before anything else happens.
    private func record(_ digest: PodDigest, _ request: CreateRequest) async throws(CreateError) {
        let uid = digest.uid
        let placement: Placement
        do {
            let chosen = try calls.plugin.place(request)
            placement = request.owner?.applied(to: chosen) ?? chosen
        } catch { throw .rejected(why: "\(error)") }
        let jobID = JobMark(instance: store.instance, uid: uid).description
        let pod = TrackedPod(digest: digest, jobID: jobID, placement: placement, at: clock.now)
        // In the table before the first await: a concurrent create or delete for the UID meets it there.
        table.insert(pod)
        requests[uid] = request
        traces[uid] = TraceContext.current
        outcomes[uid] = Eventual()
        let record = PodRecord(digest: digest, jobID: jobID, placement: placement, createdAt: pod.createdAt)
        failpoints.hit(.intentBefore)
        do throws(StoreError) {
            try await store.recordIntent(record)
        } catch {
            let deletion = table.pod(uid)?.deletion
            table.remove(uid)
            requests[uid] = nil
            traces[uid] = nil
            outcomes.removeValue(forKey: uid)?.resolve(.failure(.notRecorded(error)))
            throw deletion == nil ? .notRecorded(error) : .deleted(uid: uid)
        }
        failpoints.hit(.intentAfter)
        if tombstones[uid]?.isDeleted == false { tombstones[uid] = nil }
        table.update(uid) { $0.phase = .queued(notBefore: nil) }
        touch(uid)
    }

    /// A UID that is known: the same pod waits for the same outcome.
    private func join(_ digest: PodDigest, _ request: CreateRequest) throws(CreateError) {
        guard let pod = table.pod(digest.uid) else { return }
        switch pod.deletion?.cause {
        case .deleted: throw .deleted(uid: digest.uid)
        case .unclaimed: throw .withdrawn(why: "nobody asked for it in time")
        case .expired: throw .withdrawn(why: "it finished long ago and nobody asked for it")
        case nil: break
        }
        if let difference = pod.digest.difference(from: digest) {
            throw .conflict(uid: digest.uid, difference: difference)
        }
        if case .rejected(let why) = pod.phase { throw .rejected(why: why) }
        if pod.phase.handle == nil {
            // After a restart this is where the request comes from, should nothing turn out to have been submitted.
            if requests[digest.uid] == nil { requests[digest.uid] = request }
            if outcomes[digest.uid] == nil { outcomes[digest.uid] = Eventual() }
        } else if pod.unwrittenStage != nil && outcomes[digest.uid] == nil {
            outcomes[digest.uid] = Eventual()
        }
        table.update(digest.uid) { $0.claimBy = nil }
        touch(digest.uid)
    }

    /// The outcome, or nil at the soft limit and when the host stops.
    private func race(_ outcome: Eventual<CreateOutcome>, of uid: PodUID) async -> CreateOutcome? {
        // Nothing is started any more; the next process submits what is promised now.
        if isDraining && table.pod(uid)?.phase.handle == nil { return nil }
        let race = Eventual<CreateOutcome?>()
        let number = nextRace
        nextRace += 1
        races[number] = race
        defer {
            races[number] = nil
            noteIdle()
        }
        Task { race.resolve(await outcome.value()) }
        let timer = Task { [clock, settings] in
            try? await clock.sleep(for: settings.createWait)
            race.resolve(nil)
        }
        defer { timer.cancel() }
        return await race.value()
    }

    /// Keeps the request, so that the pod is submitted whatever happens to this process, before success is answered.
    private func promise(_ uid: PodUID, _ request: CreateRequest) async throws(CreateError) {
        failpoints.hit(.spoolBefore)
        do throws(StoreError) {
            try await store.spool(JSON.encode(request), for: uid)
        } catch {
            // Needless, if the outcome reached the disk meanwhile.
            guard let pod = table.pod(uid), pod.phase.handle != nil, pod.unwrittenStage == nil else {
                table.update(uid) { [clock] pod in
                    if !pod.isAnswered { pod.end(for: .unclaimed, grace: pod.digest.grace, at: clock.now) }
                }
                touch(uid)
                throw .notRecorded(error)
            }
        }
        failpoints.hit(.spoolAfter)
        requests[uid] = nil
        if case .rejected(let why)? = table.pod(uid)?.phase { throw .rejected(why: why) }
    }
}
