import KubernetesModel

/// How a pod is stopped. What happens after a delete is seen by following the log.
enum StopChecks {
    static let all = [term, grace, kill, deadline, deadlineSpares, together]

    private static let sent = "GET /getLogs with Follow, then POST /delete"

    static let term = ConformanceCheck(
        "lifecycle.term", contract: "2.8", needs: [.logs],
        because: "a job that is stopped must hear of it, to save what it has"
    ) { context in
        let plan = PodPlan(
            "trap 'echo heard; exit 0' TERM; echo begun; n=0; while [ $n -lt 900 ]; do sleep 1; n=$((n+1)); done"
        ) {
            $0.grace = 30
        }
        let (pod, log) = try await followed(plan, until: "begun\n", context)
        defer { log.stop() }
        try await context.delete(pod)
        let came = try await log.wait(30 + context.allowances.stop) { $0.text.contains("heard") || $0.ending != nil }
        context.expect(
            came && log.now.text.contains("heard"), sent: sent + " of a container that prints a word at SIGTERM",
            got: log.now.words, expected: "the word",
            consequence: "jobs are killed without a warning, or their last lines are lost")
        try await DeleteChecks.expectGone(pod, context)
    }

    static let grace = ConformanceCheck(
        "lifecycle.grace", contract: "2.8", needs: [.logs],
        because: "the grace period is the time that the job was promised for saving"
    ) { context in
        let script =
            "trap 'echo heard; sleep 5; echo saved; exit 0' TERM; echo begun; "
            + "n=0; while [ $n -lt 900 ]; do sleep 1; n=$((n+1)); done"
        let (pod, log) = try await followed(PodPlan(script) { $0.grace = 60 }, until: "begun\n", context)
        defer { log.stop() }
        try await context.delete(pod)
        let came = try await log.wait(60 + context.allowances.stop) { $0.text.contains("saved") || $0.ending != nil }
        context.expect(
            came && log.now.text.contains("saved"),
            sent: sent + " of a container that needs five of its sixty seconds to save", got: log.now.words,
            expected: "that it has saved", consequence: "results are lost at every preemption and every drain")
        try await DeleteChecks.expectGone(pod, context)
    }

    static let kill = ConformanceCheck(
        "lifecycle.kill", contract: "2.8",
        because: "what does not end by itself is killed after the grace period, or it runs for ever, unseen"
    ) { context in
        let script = "trap '' TERM; n=0; while [ $n -lt 900 ]; do sleep 1; n=$((n+1)); done"
        let pod = try await context.start(PodPlan(script) { $0.grace = 3 })
        try await context.reach(.running, pod)
        try await context.delete(pod)
        try await DeleteChecks.expectGone(pod, context)
    }

    static let deadline = ConformanceCheck(
        "lifecycle.deadline", contract: "2.9",
        because: "activeDeadlineSeconds is enforced by nobody before the plugin"
    ) { context in
        let pod = try await context.start(PodPlan(Script.hold) { $0.deadline = 4 })
        let extra = context.allowances.change + Double(pod.plan.grace)
        try await context.expect(
            .failed, pod, of: "GET /status of a pod with activeDeadlineSeconds 4, whose container goes on", extra: extra
        )
    }

    static let deadlineSpares = ConformanceCheck(
        "lifecycle.deadline-not-reached", contract: "2.9", because: "a pod that ends in time is a success"
    ) { context in
        let pod = try await context.start(PodPlan("sleep 1") { $0.deadline = 3600 })
        try await context.expect(.succeeded, pod, of: "GET /status of a pod that ends long before its deadline")
    }

    static let together = ConformanceCheck(
        "lifecycle.together", contract: "6.2",
        because: "the containers of a pod run at the same time, since they work together"
    ) { context in
        let plan = PodPlan(.script("one", Script.hold), .script("two", Script.hold), .script("three", Script.hold))
        let pod = try await context.start(plan)
        try await context.expect(.running, pod, of: "GET /status of a pod with three containers that go on")
    }

    /// A running pod with a client that follows its log.
    static func followed(
        _ plan: PodPlan, until text: String, _ context: CheckContext
    ) async throws -> (LivePod, FollowedLog) {
        let pod = try await context.start(plan)
        try await context.reach(.running, pod)
        let log = context.follow("main", in: pod)
        guard try await log.wait(context.allowances.change, until: { $0.text.contains(text) || $0.ending != nil }),
            log.now.ending == nil
        else {
            log.stop()
            throw context.block("the log cannot be followed: \(log.now.words)")
        }
        return (pod, log)
    }
}
