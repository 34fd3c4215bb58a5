/// What follows when an init container fails: the pod has failed, and nothing else begins.
enum InitFailureChecks {
    static let all = [endsPod, later, nothingRuns, logs, logsOfNeverStarted]

    static let endsPod = ConformanceCheck(
        "init.failure-ends-pod", contract: "2.7",
        because: "the pod is Failed only if all of its containers are told as ended too; else it is Pending for ever"
    ) { context in
        var plan = PodPlan(.script("main", "exit 0"), .script("other", "exit 0"))
        plan.inits = [.script("init-1", "exit 7")]
        let pod = try await context.start(plan)
        try await context.expect(.failed, pod, of: "GET /status of a pod whose init container exits with 7")
    }

    static let later = ConformanceCheck(
        "init.failure-before-others", contract: "2.7",
        because: "an init container that waits behind one that failed keeps the pod Pending for ever"
    ) { context in
        var plan = PodPlan("exit 0")
        plan.inits = [.script("init-1", "exit 0"), .script("init-2", "exit 7"), .script("init-3", "exit 0")]
        let pod = try await context.start(plan)
        try await context.expect(
            .failed, pod, of: "GET /status of a pod whose second of three init containers exits with 7")
    }

    static let nothingRuns = ConformanceCheck(
        "init.failure-stops-all", contract: "6.2", needs: [.logs],
        because: "a container must not begin without what its init containers should have done"
    ) { context in
        var plan = PodPlan("echo main-has-begun")
        plan.inits = [.script("init-1", "echo failing; exit 7"), .script("init-2", "echo second-has-begun")]
        let pod = try await context.start(plan)
        try await context.reach(.ended, pod)
        for (name, words) in [("main", "main-has-begun"), ("init-2", "second-has-begun")] {
            let outcome = try await context.log(of: name, in: pod)
            context.expect(
                !outcome.bodyText.contains(words), sent: "GET /getLogs of \(name), after init-1 has failed",
                got: outcome.text, expected: "nothing")
        }
    }

    static let logs = ConformanceCheck(
        "init.logs", contract: "2.12", needs: [.logs],
        because: "why an init container failed is in its log, by its name, and nowhere else"
    ) { context in
        var plan = PodPlan("echo from-main")
        plan.inits = [.script("init-1", "echo from-init-1"), .script("init-2", "echo from-init-2")]
        let pod = try await context.start(plan)
        try await context.reach(.ended, pod)
        for name in ["init-1", "init-2", "main"] {
            let outcome = try await context.log(of: name, in: pod)
            context.expect(
                outcome.isOK && outcome.bodyText == "from-\(name)\n", sent: "GET /getLogs of \(name)",
                got: outcome.text, expected: "200 and \("from-\(name)\n".quoted)")
        }
    }

    static let logsOfNeverStarted = ConformanceCheck(
        "init.logs-of-never-started", contract: "2.12", needs: [.logs],
        because: "kubectl shows an internal error for any code but 200, though there is just nothing to show"
    ) { context in
        var plan = PodPlan("exit 0")
        plan.inits = [.script("init-1", "exit 7")]
        let pod = try await context.start(plan)
        try await context.reach(.ended, pod)
        let outcome = try await context.log(of: "main", in: pod)
        context.expect(
            outcome.isOK && outcome.body.isEmpty,
            sent: "GET /getLogs of a container that was never started, since an init container failed",
            got: outcome.text, expected: "200 and nothing")
    }
}
