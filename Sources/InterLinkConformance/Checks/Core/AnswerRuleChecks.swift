/// Rules that hold for every answer about every pod of the run. A model of the Virtual Kubelet takes all of them in.
enum AnswerRuleChecks {
    static let all = [survives, noEarlySuccess, everyContainer, oneState, asked, readable, noWayBack, leavesNothing]

    static let survives = ConformanceCheck(
        "core.answers.survived", contract: "2.7", rule: .survives,
        because: "some answers crash the Virtual Kubelet, at every restart again, and with it the whole node"
    ) { context in try await live(context) }

    static let noEarlySuccess = ConformanceCheck(
        "core.answers.no-early-success", contract: "2.7", rule: .noEarlySuccess,
        because: "an answer without containers, or with some of them, shows a pod as Succeeded that has not run"
    ) { context in try await live(context) }

    static let everyContainer = ConformanceCheck(
        "core.answers.every-container", contract: "2.7", rule: .everyContainer,
        because: "only the containers of the answer count: what is left out does not exist"
    ) { context in try await live(context) }

    static let oneState = ConformanceCheck(
        "core.answers.one-state", contract: "2.5", rule: .oneState,
        because: "a container without a state keeps its pod where it is, for ever"
    ) { context in try await live(context) }

    static let asked = ConformanceCheck(
        "core.answers.pod-that-was-asked", contract: "2.4", rule: .podThatWasAsked,
        because: "one pod is asked for at a time, and an answer about another one updates neither"
    ) { context in
        let codes = Array(1...6)
        var pods: [LivePod] = []
        for code in codes { pods.append(try await context.start(PodPlan("exit \(code)"))) }
        for (pod, code) in zip(pods, codes) {
            let milestone = Milestone("main has ended with \(code)", within: .start) {
                $0.exitCode(of: "main") == Int32(code)
            }
            try await context.expect(milestone, pod, of: "GET /status of six pods, one after the other")
        }
    }

    static let readable = ConformanceCheck(
        "core.answers.readable", contract: "2.1", rule: .readable,
        because: "an answer with another code, or one time or number that cannot be read, is dropped as a whole"
    ) { context in try await live(context) }

    static let noWayBack = ConformanceCheck(
        "core.answers.no-way-back", contract: "2.6", rule: .noWayBack,
        because: "a Virtual Kubelet never takes a pod from Running to Pending, so its containers then contradict it"
    ) { context in try await live(context) }

    static let leavesNothing = ConformanceCheck(
        "core.answers.nothing-left", contract: "2.8", rule: .leavesNothing,
        because: "a deleted pod is never asked for again; what goes on then goes on unseen"
    ) { context in
        let pod = try await context.start(PodPlan(Script.hold))
        try await context.reach(.running, pod)
    }

    /// Two containers from their first answer to their end. What is found in other checks' pods counts as well.
    private static func live(_ context: CheckContext) async throws {
        let pod = try await context.start(PodPlan(.script("first", "sleep 1"), .script("second", "sleep 2")))
        try await context.reach(.ended, pod)
    }
}
