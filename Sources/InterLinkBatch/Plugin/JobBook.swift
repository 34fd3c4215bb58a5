import InterLinkPluginKit
import InterLinkSystem

/// What the plugin remembers of its jobs from one call to the next. All of it can be found again after a restart.
final class JobBook: Sendable {
    struct Entry: Sendable {
        let pod: PodDigest
        let mark: JobMark
        /// The scheduler's id of the pod's job, as soon as it is known.
        var job: String?
        /// Known from the first call of the host on.
        var placement: Placement?
        var sighting: BatchSighting?
        var endSeen: Moment?
        var records = JobRecords()
        /// What was told last; and last of containers, for a later attempt.
        var told: Observation?
        var reported: Evidence.Report?
        /// When a job that ran again was last ordered to end.
        var stopped: Moment?
    }

    private let entries = Lock<[PodUID: Entry]>([:])

    func entry(_ uid: PodUID) -> Entry? { entries.withLock { $0[uid] } }

    /// Takes a pod in, unless it is known already.
    func add(_ pod: PodDigest, _ mark: JobMark, at placement: Placement?) {
        entries.withLock { entries in
            if entries[pod.uid] == nil { entries[pod.uid] = Entry(pod: pod, mark: mark) }
            if let placement { entries[pod.uid]?.placement = placement }
        }
    }

    /// Takes in jobs that the host asks about.
    func add(_ jobs: [TrackedJob]) {
        for job in jobs {
            add(job.pod, job.mark, at: job.placement)
            update(job.uid) { $0.job = job.handle.id }
        }
    }

    @discardableResult
    func update<Result>(_ uid: PodUID, _ body: (inout Entry) -> Result) -> Result? {
        entries.withLock { entries in
            guard var entry = entries[uid] else { return nil }
            let result = body(&entry)
            entries[uid] = entry
            return result
        }
    }

    func remove(_ uid: PodUID) { entries.withLock { $0[uid] = nil } }
}
