/// Times and numbers of the work with pods. The defaults suit a batch system of ordinary pace.
package struct LifecycleSettings: ConfigurationSection, Hashable {
    /// How long a create waits for its outcome before it is answered without one.
    package var createWait: Duration = .seconds(20)
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
    package var claim: Duration = .seconds(600)
    /// How long a job must be absent, without having been stopped, before it is called lost.
    package var absence: Duration = .seconds(300)
    /// After the grace, before a stop is repeated.
    package var stopMargin: Duration = .seconds(30)
    /// Between the end of a deleted pod's job and its removal.
    package var retention: Duration = .zero
    /// The pause after a first failure; it doubles from one failure to the next, up to `lastRetry`.
    package var firstRetry: Duration = .seconds(2)
    package var lastRetry: Duration = .seconds(300)
    /// After which a finished pod that nobody asks for is removed, and a running one reported.
    package var expiry: Duration = .seconds(7 * 86_400)
    /// For which a deleted pod is remembered.
    package var tombstoneTime: Duration = .seconds(7 * 86_400)
    /// For which the place of a deleted pod is still listed, in search of late jobs.
    package var lateJobTime: Duration = .seconds(3600)

    package var submitDeadline: Duration = .seconds(90)
    package var callDeadline: Duration = .seconds(60)
    package var removeDeadline: Duration = .seconds(120)
    /// After that long a call no longer counts against `concurrentCalls`: a stuck one holds up no other pod.
    package var patience: Duration = .seconds(5)
    package var concurrentSubmits = 4
    package var concurrentCalls = 8
    /// Pods of one submission.
    package var submitBatch = 16
    /// Marks that one question to a backend's memory names: they must fit into the arguments of a program.
    package var findBatch = 500

    /// The backend is not listed more often than that, whoever asks.
    package var listFloor: Duration = .seconds(5)
    /// It is listed at least that often.
    package var listCeiling: Duration = .seconds(60)
    /// Running jobs are not looked at more often than that.
    package var refreshFloor: Duration = .seconds(2)

    /// How long a process that was asked to end finishes what is in flight.
    package var drain: Duration = .seconds(25)

    package init() {}

    /// The pause after so many failures in a row.
    package func retry(after failures: Int) -> Duration {
        min(lastRetry, firstRetry * (1 << min(max(failures - 1, 0), 20)))
    }

    package func validate() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func check(_ key: String, _ isGood: Bool, _ fault: String, _ advice: String) {
            if !isGood { problems.append(ConfigurationProblem(key, fault, advice: advice)) }
        }
        // InterLink waits 120 s for an answer, and what is not answered then has failed for good.
        check("createWait", (.zero ... .seconds(100)).contains(createWait), "is out of range", "write at most 100s")
        for (key, value) in [
            ("clockMargin", clockMargin), ("stopMargin", stopMargin), ("retention", retention), ("drain", drain),
        ] {
            check(key, value >= .zero, "is below zero", "write a time, or 0s")
        }
        for (key, value) in [
            ("settle", settle), ("unseenTime", unseenTime), ("abandonedCall", abandonedCall), ("claim", claim),
            ("absence", absence), ("firstRetry", firstRetry), ("lastRetry", lastRetry), ("expiry", expiry),
            ("tombstoneTime", tombstoneTime), ("lateJobTime", lateJobTime), ("submitDeadline", submitDeadline),
            ("callDeadline", callDeadline), ("removeDeadline", removeDeadline), ("patience", patience),
            ("listFloor", listFloor), ("listCeiling", listCeiling), ("refreshFloor", refreshFloor),
        ] {
            let range = Duration.milliseconds(1) ... .seconds(10 * 365 * 86_400)
            check(key, range.contains(value), "is out of range", "write a time above zero")
        }
        for (key, value) in [
            ("concurrentSubmits", concurrentSubmits), ("concurrentCalls", concurrentCalls),
            ("submitBatch", submitBatch), ("findBatch", findBatch),
        ] {
            check(key, value >= 1, "is below 1", "write at least 1")
        }
        check("listCeiling", listCeiling >= listFloor, "is below listFloor", "write at least the same")
        // Else a job may come of a call that the search took for ended.
        check("abandonedCall", abandonedCall >= submitDeadline, "is below submitDeadline", "write at least the same")
        return problems
    }
}
