import InterLinkAPI
import LosslessJSON

extension Lifecycle {
    /// Hands pods of one placement to the backend.
    func submit(_ uids: [PodUID]) async {
        var submissions: [PodSubmission] = []
        for uid in uids {
            guard let pod = table.pod(uid), case .queued = pod.phase, pod.deletion == nil else { continue }
            // Before the first await, so that no list that is heard meanwhile changes it.
            table.update(uid) { $0.phase = .calling }
            let request: CreateRequest
            do throws(StoreError) {
                guard let kept = try await self.request(of: uid) else {
                    await conclude(uid, .rejected(why: "the plugin was restarted before the pod was submitted"))
                    continue
                }
                request = kept
                try await intendAgain(uid)
            } catch {
                report(.recordFailed(uid, error))
                table.update(uid) { [clock, settings] in
                    $0.phase = .queued(notBefore: clock.now + settings.firstRetry)
                }
                continue
            }
            submissions.append(
                PodSubmission(
                    pod: pod.digest, request: request, placement: pod.placement,
                    mark: JobMark(instance: store.instance, uid: uid)))
        }
        guard !submissions.isEmpty else { return }
        failpoints.hit(.submitBefore)
        let batch = submissions
        let begun = clock.now
        let outcome = await calls.call(
            .submit, within: settings.submitDeadline, for: takeTrace(of: batch.map(\.pod.uid)),
            late: { [weak self] outcome in await self?.settleLate(batch.map(\.pod.uid), outcome, begun) },
            { try await $0.submit(batch) })
        failpoints.hit(.submitAfter)
        await withTaskGroup(of: Void.self) { group in
            for submission in batch {
                group.addTask { await self.settle(submission.pod.uid, outcome, begun) }
            }
        }
    }

    /// What a call said after its deadline still counts, unless a list has told meanwhile. It may come before it is noted
    /// that the call was overdue.
    private func settleLate(
        _ uids: [PodUID], _ outcome: CallOutcome<[PodUID: Submission]>, _ begun: Moment
    ) async {
        for uid in uids {
            switch table.pod(uid)?.phase {
            case .calling, .unclear: await settle(uid, outcome, begun)
            case .recording, .queued, .started, .rejected, nil: continue
            }
        }
    }

    private func settle(_ uid: PodUID, _ outcome: CallOutcome<[PodUID: Submission]>, _ begun: Moment) async {
        let now = clock.now
        switch outcome {
        case .done(let answers):
            switch answers[uid] {
            case .started(let handle): await conclude(uid, .started(handle, at: now))
            case .rejected(let why): await conclude(uid, .rejected(why: why))
            case .busy(let pause, _): await wait(uid, until: now + pause)
            case .unclear(let why): becomeUnclear(uid, since: begun, until: now, why)
            case nil: becomeUnclear(uid, since: begun, until: now, "the backend said nothing of this pod")
            }
        case .failed(let why): becomeUnclear(uid, since: begun, until: now, why)
        case .overdue:
            // Unless its late answer was quicker than this.
            guard case .calling? = table.pod(uid)?.phase else { return }
            becomeUnclear(uid, since: begun, until: nil, "the backend did not answer in time")
        }
        touch(uid)
    }

    private func becomeUnclear(_ uid: PodUID, since begun: Moment, until end: Moment?, _ why: String) {
        table.update(uid) { $0.phase = .unclear(Search(countsFrom: end, since: begun, why: why)) }
    }

    /// The backend has no room. That is written down, so that nobody has to look for a job after a restart; should it not
    /// get to the disk, somebody will.
    private func wait(_ uid: PodUID, until moment: Moment) async {
        table.update(uid) { ($0.phase, $0.isRecordedWaiting) = (.queued(notBefore: moment), true) }
        do throws(StoreError) {
            try await store.recordStage(.waiting, of: uid)
            failpoints.hit(.waitingAfter)
        } catch {
            report(.recordFailed(uid, error))
        }
    }

    /// Before a pod that waited is handed to the backend, the records say again that there may be a job.
    private func intendAgain(_ uid: PodUID) async throws(StoreError) {
        guard table.pod(uid)?.isRecordedWaiting == true else { return }
        try await store.recordStage(.intended, of: uid)
        table.update(uid) { $0.isRecordedWaiting = false }
        failpoints.hit(.intentAgain)
    }

    /// The request, from memory or from the spool; nil when neither has it.
    private func request(of uid: PodUID) async throws(StoreError) -> CreateRequest? {
        if let request = requests[uid] { return request }
        guard let body = try await store.spooled(uid) else { return nil }
        do {
            return try JSON.decode(CreateRequest.self, from: body)
        } catch {
            throw .damaged(path: store.path, why: "the spooled request of pod \(uid) cannot be read: \(error)")
        }
    }

    /// The outcome is known: to the disk with it, then to those who wait.
    func conclude(_ uid: PodUID, _ stage: SubmissionStage) async {
        table.update(uid) { [clock] pod in
            pod.unwrittenStage = stage
            switch stage {
            case .intended, .waiting: break
            case .started(let handle, let at): pod.phase = .started(handle, at: at)
            case .rejected(let why):
                pod.phase = .rejected(why: why)
                _ = pod.book.end(
                    by: Ending(reason: "SubmissionRejected", message: why), evidence: clock.now, of: pod.digest)
            }
        }
        if let placement = table.pod(uid)?.placement, !listed.contains(placement) { lookout.ring() }
        await writeStage(of: uid)
        writeStates(of: uid)
    }

    /// Writes the outcome of a submission down, and tells it.
    func writeStage(of uid: PodUID) async {
        guard let stage = table.pod(uid)?.unwrittenStage else { return }
        failpoints.hit(.outcomeBefore)
        do throws(StoreError) {
            try await store.recordStage(stage, of: uid)
            failpoints.hit(.outcomeAfter)
            table.update(uid) { pod in
                pod.unwrittenStage = nil
                pod.wrote()
            }
            requests[uid] = nil
            tell(uid, stage)
        } catch {
            report(.recordFailed(uid, error))
            let now = clock.now
            table.update(uid) { [settings] pod in
                pod.failedToWrite(at: now, settings: settings)
                // InterLink will hear of a failure, and make a new pod: this job must not go on.
                if !pod.isAnswered && stage.handle != nil {
                    pod.end(for: .unclaimed, grace: pod.digest.grace, at: now)
                }
            }
            outcomes.removeValue(forKey: uid)?.resolve(.failure(.notRecorded(error)))
        }
    }

    private func tell(_ uid: PodUID, _ stage: SubmissionStage) {
        switch stage {
        case .intended, .waiting: break
        case .started: outcomes.removeValue(forKey: uid)?.resolve(.success(()))
        case .rejected(let why):
            report(.rejected(uid, why: why))
            outcomes.removeValue(forKey: uid)?.resolve(.failure(.rejected(why: why)))
        }
    }
}
