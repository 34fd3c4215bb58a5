/// All that the host knows of a pod, and the rules by which it changes. No clock, no disk, no backend: values only.
package struct TrackedPod: Sendable {
    package let digest: PodDigest
    /// What interLink is told, which is the mark of the pod's job.
    package let jobID: String
    /// The records that made the mark: earlier ones, if the pod was taken over. Nil where it is no mark.
    private let instance: String?
    package let placement: Placement
    package let createdAt: Moment
    package var phase: SubmissionPhase
    package var deletion: Deletion?
    package var book: StatusBook
    package var absence: Absence?
    /// When it was first known that the job is no more.
    package var goneAt: Moment?
    package var isClaimed: Bool
    /// Until when somebody has to name a pod whose create may never have been answered; nil when that is no question.
    package var claimBy: Moment?
    /// When interLink last asked for it.
    package var askedAt: Moment
    /// What the backend could not tell, if the last question failed.
    package var trouble: String?
    /// A write of the outcome failed: the backend knows more than the disk.
    package var unwrittenStage: SubmissionStage?
    /// The records may say that it waits, and have to be told otherwise before it is submitted.
    package var isRecordedWaiting = false
    /// After a failed write, when it is tried again.
    package var retryAt: Moment?
    package var retries = 0
    /// A create for it was answered with success.
    package var isAnswered = false
    /// What askers were told of it.
    package var marks = ReportMarks()

    /// A pod that a create has just brought.
    package init(digest: PodDigest, jobID: String, placement: Placement, at now: Moment) {
        self.digest = digest
        self.jobID = jobID
        instance = JobMark(jobID)?.instance
        self.placement = placement
        createdAt = now
        phase = .recording
        book = StatusBook()
        isClaimed = false
        askedAt = now
    }

    /// A pod that the records know. The outcome of an open intent is anybody's guess, until the lists have told.
    package init(
        restoring record: PodRecord, book: StatusBook, isDeleted: Bool, at now: Moment, settings: LifecycleSettings
    ) {
        digest = record.digest
        jobID = record.jobID
        instance = JobMark(jobID)?.instance
        placement = record.placement
        createdAt = record.createdAt
        self.book = book
        isClaimed = record.isClaimed
        isAnswered = record.isClaimed
        // What the earlier process knew of the containers it has told.
        if !book.told.isEmpty { marks.firstReports = 1 }
        claimBy = record.isClaimed ? nil : now + settings.claim
        askedAt = now
        switch record.stage {
        case .intended:
            phase = .unclear(
                Search(
                    countsFrom: now + settings.abandonedCall, since: min(createdAt, now),
                    why: "the plugin was restarted"))
        case .waiting: (phase, isRecordedWaiting) = (.queued(notBefore: nil), true)
        case .started(let handle, let at): phase = .started(handle, at: min(at, now))
        case .rejected(let why): phase = .rejected(why: why)
        }
        deletion = record.deletion.map {
            Deletion(cause: isDeleted ? .deleted : .unclaimed, at: min($0.at, now), grace: $0.grace)
        }
    }

    package var uid: PodUID { digest.uid }

    /// What its job carries, where these records are the instance `own`.
    package func mark(own: String) -> JobMark { JobMark(instance: instance ?? own, uid: uid) }

    /// The job, when there is or was one.
    package func job(of own: String) -> TrackedJob? {
        phase.handle.map { TrackedJob(pod: digest, handle: $0, mark: mark(own: own), placement: placement) }
    }

    /// The job is no more: it was seen to be gone, or all its containers have ended.
    package var hasEnded: Bool { goneAt != nil || book.endedAt != nil }

    /// The tombstone that it leaves.
    package func tombstone(at now: Moment) -> Tombstone {
        Tombstone(
            uid: uid, namespace: digest.namespace, name: digest.name, placement: placement, at: now,
            isDeleted: deletion?.cause == .deleted)
    }

    /// Nothing could be written: again after a pause.
    package mutating func failedToWrite(at now: Moment, settings: LifecycleSettings) {
        retries += 1
        retryAt = now + settings.retry(after: retries)
    }

    package mutating func wrote() { (retries, retryAt) = (0, nil) }

    /// Somebody who holds our answer named it.
    package mutating func claim() {
        isClaimed = true
        claimBy = nil
    }

    /// Asks it to end. A delete outranks what the host decided by itself.
    package mutating func end(for cause: Deletion.Cause, grace: Duration, at now: Moment) {
        guard deletion != nil else {
            deletion = Deletion(cause: cause, at: now, grace: grace)
            return
        }
        if cause == .deleted { deletion?.cause = .deleted }
    }
}
