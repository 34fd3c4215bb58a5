/// The times and numbers that the rules go by.
package struct LifecycleSettings: Hashable, Sendable {
    /// How long a create waits for its outcome before it is answered without one.
    package var softLimit: Duration = .seconds(20)
    /// Between the two empty lists that show that a job was not submitted, or has ended.
    package var settle: Duration = .seconds(30)
    /// For how long a job may have been out of sight and yet be called not submitted, where the backend has no memory.
    ///
    /// Longer than a restart with ``abandonedCall`` takes, so that one does not fail the pods that were about to be
    /// submitted; as long as schedulers keep ended jobs in their lists (SLURM: `MinJobAge`, 300 s).
    package var unseenTime: Duration = .seconds(300)
    /// By how much the clock of a backend may differ from ours.
    package var clockMargin: Duration = .seconds(3600)
    /// How long a program that a killed host left behind may still be submitting.
    package var abandonedCall: Duration = .seconds(120)
    /// How long an unanswered pod may wait, after a restart, for somebody to name it.
    package var claimTime: Duration = .seconds(600)
    /// How long a job must be absent, without having been stopped, before it is called lost.
    package var absenceTime: Duration = .seconds(300)
    /// After the grace, before a stop is repeated.
    package var stopMargin: Duration = .seconds(30)
    /// Between the end of a deleted pod's job and its removal.
    package var retention: Duration = .zero
    package var firstRetry: Duration = .seconds(2)
    package var lastRetry: Duration = .seconds(300)
    /// After which a finished pod that nobody asks for is removed, and a running one reported.
    package var expiry: Duration = .seconds(7 * 86_400)
    package var tombstoneTime: Duration = .seconds(7 * 86_400)
    /// For which the place of a deleted pod is still listed, in search of late jobs.
    package var lateJobTime: Duration = .seconds(3600)

    package var submitDeadline: Duration = .seconds(90)
    package var callDeadline: Duration = .seconds(60)
    package var removeDeadline: Duration = .seconds(120)
    /// After that long a call no longer counts against ``concurrentCalls``: a stuck one holds up no other pod.
    package var patience: Duration = .seconds(5)
    package var concurrentSubmits = 4
    package var concurrentCalls = 8
    package var submitBatch = 16

    /// The scheduler is not listed more often than that, whoever asks.
    package var listFloor: Duration = .seconds(5)
    package var listCeiling: Duration = .seconds(60)
    package var refreshFloor: Duration = .seconds(2)

    package init() {}

    /// The pause after so many failures in a row.
    package func retry(after failures: Int) -> Duration {
        min(lastRetry, firstRetry * (1 << min(max(failures - 1, 0), 20)))
    }
}
