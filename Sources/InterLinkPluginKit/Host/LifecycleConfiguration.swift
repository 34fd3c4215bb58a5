/// Times and numbers of the work with pods. The defaults suit a batch system of ordinary pace.
package struct LifecycleConfiguration: ConfigurationSection {
    /// How long a create waits for its outcome before it is answered without one.
    package var createWait: Duration = .seconds(20)
    /// Between the two empty lists that show that a job was not submitted, or has ended.
    package var settle: Duration = .seconds(30)
    /// How long a job must be absent before it is called lost.
    package var absence: Duration = .seconds(300)
    /// How long an unanswered pod waits, after a restart, for somebody to name it.
    package var claim: Duration = .seconds(600)
    /// Between the end of a deleted pod's job and its removal.
    package var retention: Duration = .zero
    /// After which a finished pod that nobody asks for is removed.
    package var expiry: Duration = .seconds(7 * 86_400)

    /// The backend is not listed more often than that.
    package var listFloor: Duration = .seconds(5)
    /// It is listed at least that often.
    package var listCeiling: Duration = .seconds(60)
    /// Running jobs are not looked at more often than that.
    package var refreshFloor: Duration = .seconds(2)

    package var submitDeadline: Duration = .seconds(90)
    package var callDeadline: Duration = .seconds(60)
    package var removeDeadline: Duration = .seconds(120)
    package var concurrentSubmits = 4
    package var concurrentCalls = 8
    /// Pods of one submission.
    package var submitBatch = 16

    /// How long a process that was asked to end finishes what is in flight.
    package var drain: Duration = .seconds(25)

    package init() {}

    package func validate() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func check(_ key: String, _ value: Duration, _ range: ClosedRange<Duration>, _ advice: String) {
            if !range.contains(value) {
                problems.append(ConfigurationProblem(key, "is out of range", advice: advice))
            }
        }
        // InterLink waits 120 s for an answer, and what is not answered then has failed for good.
        check("createWait", createWait, .zero ... .seconds(100), "write at most 100s")
        let positive: [(String, Duration)] = [
            ("settle", settle), ("absence", absence), ("claim", claim), ("expiry", expiry), ("listFloor", listFloor),
            ("listCeiling", listCeiling), ("refreshFloor", refreshFloor), ("submitDeadline", submitDeadline),
            ("callDeadline", callDeadline), ("removeDeadline", removeDeadline),
        ]
        for (key, value) in positive {
            check(key, value, .milliseconds(1) ... .seconds(10 * 365 * 86_400), "write a time above zero")
        }
        for (key, value) in [
            ("concurrentSubmits", concurrentSubmits), ("concurrentCalls", concurrentCalls),
            ("submitBatch", submitBatch),
        ] where value < 1 {
            problems.append(ConfigurationProblem(key, "is below 1", advice: "write at least 1"))
        }
        if listCeiling < listFloor {
            problems.append(
                ConfigurationProblem("listCeiling", "is below listFloor", advice: "write at least the same"))
        }
        return problems
    }

    var settings: LifecycleSettings {
        var settings = LifecycleSettings()
        settings.softLimit = createWait
        settings.settle = settle
        settings.absenceTime = absence
        settings.claimTime = claim
        settings.retention = retention
        settings.expiry = expiry
        settings.listFloor = listFloor
        settings.listCeiling = listCeiling
        settings.refreshFloor = refreshFloor
        settings.submitDeadline = submitDeadline
        settings.callDeadline = callDeadline
        settings.removeDeadline = removeDeadline
        settings.concurrentSubmits = concurrentSubmits
        settings.concurrentCalls = concurrentCalls
        settings.submitBatch = submitBatch
        // A program that a killed host left behind has its own deadline.
        settings.abandonedCall = max(settings.abandonedCall, submitDeadline)
        return settings
    }
}
