/// How a pod that interLink names stands with the host.
package enum PodStanding: Equatable, Sendable {
    case tracked
    /// It was deleted, or given up.
    case tombstoned(Tombstone)
    /// The records do not know it, but the backend has or had a job for it. Who holds the answer of the records that made
    /// it can have it tracked again: ``Lifecycle/takeOver(_:)``.
    case stray
    /// The records do not know it. It is lost only if `sureSince` is there: by then every placement had been listed
    /// since the start, without a job of this pod, and every backend that remembers ended jobs had said that it knows of
    /// none. Nil: that is not known, or not known yet.
    case unknown(sureSince: Moment?)
}

extension Lifecycle {
    /// How a pod stands, from memory and from any thread.
    ///
    /// `jobID` is the annotation `JobID`: the mark that an earlier store gave its job. Naming a pod that is not known makes
    /// the host ask the backends for that mark, so that a later call knows more. Without a mark nobody can tell which job
    /// would be the pod's, and it stays unknown.
    package nonisolated func standing(of uid: PodUID, jobID: String?) -> PodStanding {
        if table.pod(uid) != nil { return .tracked }
        if let tombstone = tombstones[uid] { return .tombstoned(tombstone) }
        let sighting = sightings.look(for: uid, mark: jobID.flatMap(JobMark.init), at: clock.now)
        // A create may have come while this looked.
        if table.pod(uid) != nil { return .tracked }
        switch sighting {
        case .seen: return .stray
        case .notSeen(let sureSince): return .unknown(sureSince: sureSince)
        }
    }
}
