import KubernetesModel

/// Containers that are started again: nobody before the plugin does it.
enum RestartPolicyChecks {
    static let all = [onFailure, onFailureSuccess, always, never, previous]

    static let onFailure = ConformanceCheck(
        "restart-policy.on-failure", contract: "2.6",
        because: "a container that fails is started again, and its pod must not be told as ended meanwhile"
    ) { context in
        let pod = try await context.start(PodPlan("sleep 1; exit 3") { $0.restartPolicy = .onFailure })
        let milestone = Milestone("main was started again twice", within: .start) { $0.restarts(of: "main") >= 2 }
        let sent = "GET /status of a pod with restartPolicy OnFailure, whose container exits with 3"
        let sight = try await context.expect(milestone, pod, of: sent, extra: context.allowances.change)
        context.expect(
            sight.status(of: "main")?.lastState?.terminated?.exitCode == 3, sent: sent, got: sight.text,
            expected: "lastState with the end of the earlier run", consequence: "nobody sees why it is started again")
    }

    static let onFailureSuccess = ConformanceCheck(
        "restart-policy.success-ends", contract: "2.6", because: "with OnFailure a container that succeeds has ended"
    ) { context in
        let pod = try await context.start(PodPlan("sleep 1; exit 0") { $0.restartPolicy = .onFailure })
        let sent = "GET /status of a pod with restartPolicy OnFailure, whose container exits with 0"
        let sight = try await context.expect(.succeeded, pod, of: sent)
        context.expect(
            sight.restarts(of: "main") == 0, sent: sent, got: "\(sight.restarts(of: "main")) restarts",
            expected: "none")
    }

    static let always = ConformanceCheck(
        "restart-policy.always", contract: "2.6", because: "with Always also a container that succeeds is started again"
    ) { context in
        let pod = try await context.start(PodPlan("sleep 1; exit 0") { $0.restartPolicy = .always })
        let milestone = Milestone("main was started again", within: .start) { $0.restarts(of: "main") >= 1 }
        try await context.expect(
            milestone, pod, of: "GET /status of a pod with restartPolicy Always, whose container exits with 0",
            extra: context.allowances.change)
    }

    static let never = ConformanceCheck(
        "restart-policy.never", contract: "2.6", because: "with Never a failure is the end"
    ) { context in
        let pod = try await context.start(PodPlan("exit 3"))
        let sent = "GET /status of a pod with restartPolicy Never, whose container exits with 3"
        let sight = try await context.expect(.failed, pod, of: sent)
        context.expect(
            sight.restarts(of: "main") == 0, sent: sent, got: "\(sight.restarts(of: "main")) restarts", expected: "none"
        )
    }

    static let previous = ConformanceCheck(
        "restart-policy.previous-log", contract: "2.12", needs: [.logs],
        because: "why a container was started again is in the log of the run before"
    ) { context in
        let pod = try await context.start(
            PodPlan("echo failing-run; sleep 1; exit 3") { $0.restartPolicy = .onFailure })
        let milestone = Milestone("main was started again", within: .start) { $0.restarts(of: "main") >= 1 }
        try await context.reach(milestone, pod, extra: context.allowances.change)
        let wish = LogWish(previous: true)
        let deadline = ContinuousClock.now + .seconds(context.allowances.change)
        var outcome = try await context.log(of: "main", in: pod, wish)
        while !outcome.isOK || outcome.bodyText != "failing-run\n", ContinuousClock.now < deadline {
            try await context.pause(context.allowances.poll)
            outcome = try await context.log(of: "main", in: pod, wish)
        }
        context.expect(
            outcome.isOK && outcome.bodyText == "failing-run\n", sent: wish.words, got: outcome.text,
            expected: "200 and \("failing-run\n".quoted)")
    }
}
