/// What happened in the host that operators want to see: the source of its log lines and metrics.
package enum HostNote: Sendable {
    case backendCall(BackendCall, took: Duration, ended: CallEnd)
    /// The backend is asked this again after that pause.
    case paced(BackendCall, Duration)
    /// A placement was listed; or could not be, for that reason.
    case listed(Placement, trouble: String?)
    case adopted(PodUID, JobHandle)
    case notSubmitted(PodUID, why: String)
    case rejected(PodUID, why: String)
    /// A pod was given up, because nobody named it in time.
    case unclaimed(PodUID, JobHandle?)
    /// A job of ours that should not be is being stopped.
    case unwanted(PodUID, JobHandle, why: String)
    /// A job with the mark of another instance, which is left alone.
    case stray(Placement, JobHandle, mark: String)
    case ranAgain(PodUID, JobHandle)
    case ended(PodUID)
    case removed(PodUID)
    case expired(PodUID)
    /// A running pod that nobody has asked for in a long time; it goes on.
    case unasked(PodUID)
    case recordFailed(PodUID, StoreError)
    case purgeFailed(StoreError)
}

/// The calls of a plugin.
package enum BackendCall: String, CaseIterable, Sendable {
    case submit, list, find, explain, refresh, stop, remove, logs, capacity
}

/// How a call of a plugin ended, as far as the host waited.
package enum CallEnd: String, Sendable {
    case done, failed, overdue
}

package typealias Reporter = @Sendable (HostNote) -> Void
