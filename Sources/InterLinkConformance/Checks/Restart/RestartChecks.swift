import InterLinkAPI

/// What the plugin knows after it was started again, by the command that the caller gave. The jobs are the backend's, and
/// go on.
enum RestartChecks {
    static let all = [running, finished, endsMeanwhile, repeatedCreate, tombstone, inFlight, logs]

    private static func restart(_ context: CheckContext) async throws {
        guard let restart = context.options.restart else { throw CheckStop.inapplicable("there is no command for it") }
        do {
            try await restart()
        } catch {
            throw context.block("the plugin was not started again: \(error)")
        }
        let deadline = ContinuousClock.now + .seconds(context.allowances.restart)
        var outcome = try await context.ping()
        while !outcome.isOK {
            guard ContinuousClock.now < deadline else {
                throw context.block(
                    "no ping was answered within \(context.allowances.restart.formatted) s: \(outcome.text)")
            }
            try await context.pause(context.allowances.poll)
            outcome = try await context.ping()
        }
    }

    static let running = ConformanceCheck(
        "restart.running", contract: "2.10", isExclusive: true,
        because: "a plugin is upgraded while jobs run, which must neither end nor be forgotten"
    ) { context in
        let pod = try await context.start(PodPlan(Script.hold))
        try await context.reach(.running, pod)
        try await restart(context)
        let sent = "GET /status of a running pod, after a restart"
        try await context.expect(.running, pod, of: sent)
        try await context.watch(pod) { sight in
            try context.require(
                sight.answer == nil || sight.isRunning, sent: sent, got: sight.text, expected: "main running",
                consequence: sight.kubeletWords)
        }
    }

    static let finished = ConformanceCheck(
        "restart.finished", contract: "2.10", isExclusive: true,
        because: "how a job ended is asked for again by a restarted Virtual Kubelet"
    ) { context in
        let pod = try await context.start(PodPlan("exit 3"))
        try await context.reach(.ended, pod)
        try await restart(context)
        let milestone = Milestone("main has ended with 3", within: .change) { $0.exitCode(of: "main") == 3 }
        let deadline = ContinuousClock.now + .seconds(context.allowances.change)
        var sight = try await context.look(at: pod)
        while !milestone.isReached(sight), sight.answer == nil, ContinuousClock.now < deadline {
            try await context.pause(context.allowances.poll)
            sight = try await context.look(at: pod)
        }
        context.expect(
            milestone.isReached(sight), sent: "GET /status of an ended pod, after a restart", got: sight.text,
            expected: milestone.words, consequence: sight.kubeletWords)
    }

    static let endsMeanwhile = ConformanceCheck(
        "restart.ends-meanwhile", contract: "2.10", isExclusive: true,
        because: "jobs end while the plugin is away, and their codes must be found out afterwards"
    ) { context in
        let pod = try await context.start(PodPlan("sleep 3; exit 6"))
        try await restart(context)
        let milestone = Milestone("main has ended with 6", within: .start) { $0.exitCode(of: "main") == 6 }
        try await context.expect(
            milestone, pod, of: "GET /status of a pod that ends about when the plugin is restarted",
            extra: context.allowances.change)
    }

    static let repeatedCreate = ConformanceCheck(
        "restart.repeated-create", contract: "2.9", isExclusive: true,
        because: "after a restart of both sides a running pod is created again, and must be known again"
    ) { context in
        let pod = context.pod(PodPlan(Script.hold))
        let first = try? GoReading.created(try await context.create(pod).body)
        guard let first else { throw context.block("the create was refused") }
        try await context.reach(.running, pod)
        try await restart(context)
        let outcome = try await context.create(pod)
        let second = try? GoReading.created(outcome.body)
        context.expect(
            outcome.isOK && second?.podJID == first.podJID, sent: "POST /create again, after a restart",
            got: outcome.text, expected: "200 and PodJID \(first.podJID.quoted), as before",
            consequence: "one pod has two jobs")
    }

    static let tombstone = ConformanceCheck(
        "restart.deleted-stays-deleted", contract: "2.9", isExclusive: true,
        because: "a late create of a deleted pod must not start it, also after a restart"
    ) { context in
        let pod = context.pod(PodPlan(Script.hold))
        try await context.delete(pod)
        try await restart(context)
        try await context.create(pod)
        try await DeleteChecks.expectGone(pod, context)
    }

    static let inFlight = ConformanceCheck(
        "restart.creates-in-flight", contract: "2.3", isExclusive: true,
        because: "a pod whose create was answered is running as far as anybody knows, and must not get lost"
    ) { context in
        let pods = (0..<6).map { _ in context.pod(PodPlan(Script.hold)) }
        let answered = try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
            for (number, pod) in pods.enumerated() {
                group.addTask {
                    try await context.pause(Double(number) * 0.05)
                    return (number, try await context.create(pod).isSuccess)
                }
            }
            group.addTask {
                try await context.pause(0.1)
                try await restart(context)
                return (-1, false)
            }
            var answered: [Int] = []
            for try await (number, isAnswered) in group where isAnswered { answered.append(number) }
            return answered
        }
        for number in answered {
            try await context.expect(
                .running, pods[number], of: "GET /status of a pod whose create was answered before or after a restart")
        }
    }

    static let logs = ConformanceCheck(
        "restart.logs", contract: "2.10", needs: [.logs], isExclusive: true,
        because: "what a job has printed is not lost with the process that fetched it"
    ) { context in
        let pod = try await context.start(PodPlan("echo before; \(Script.hold)"))
        try await context.reachLog("before\n", of: "main", in: pod)
        try await restart(context)
        try await context.expectLog(
            of: "main", in: pod, comesTo: "before\n", of: "GET /getLogs of a running container, after a restart")
    }
}
