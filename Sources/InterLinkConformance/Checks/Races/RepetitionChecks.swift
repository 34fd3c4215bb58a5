import InterLinkAPI

/// The same request several times at once.
enum RepetitionChecks {
    static let all = [creates, deletes, many, pings]

    static let creates = ConformanceCheck(
        "races.duplicate-creates", contract: "2.9",
        because: "a create can come again while the first is in flight, and one pod is one job"
    ) { context in
        let pod = context.pod(PodPlan(Script.hold))
        let outcomes = try await together(8) { try await context.create(pod) }
        let sent = "POST /create of one pod, eight times at once"
        let ids = Set(outcomes.map { (try? GoReading.created($0.body))?.podJID ?? "none (\($0.text))" })
        try context.require(
            outcomes.allSatisfy(\.isSuccess) && ids.count == 1, sent: sent,
            got: "job ids \(ids.sorted().joined(separator: ", "))", expected: "200 and the same PodJID for all",
            consequence: "one pod has several jobs, of which one is ever deleted")
        try await context.expect(.running, pod, of: sent)
    }

    static let deletes = ConformanceCheck(
        "races.duplicate-deletes", contract: "2.8", because: "deletes can come at the same time, and are all meant"
    ) { context in
        let pod = try await context.start(PodPlan(Script.hold))
        try await context.reach(.running, pod)
        let outcomes = try await together(8) { try await context.delete(pod) }
        let bad = outcomes.filter { !$0.isOK }
        context.expect(
            bad.isEmpty, sent: "POST /delete of one pod, eight times at once",
            got: "\(bad.count) refused: \(bad.first?.text ?? "")", expected: "200 for all",
            consequence: "failures are never repeated by a Virtual Kubelet, or for ever by a later one")
        try await DeleteChecks.expectGone(pod, context)
    }

    static let many = ConformanceCheck(
        "races.many-creates", contract: "2.9",
        because: "creates of different pods come all at once, without a bound, and must not get mixed up"
    ) { context in
        let pods = (10..<22).map { (Int32($0), context.pod(PodPlan("sleep 1; exit \($0)"))) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (_, pod) in pods { group.addTask { try await context.start(pod) } }
            try await group.waitForAll()
        }
        for (code, pod) in pods {
            let milestone = Milestone("main has ended with \(code)", within: .start) {
                $0.exitCode(of: "main") == code
            }
            try await context.expect(milestone, pod, of: "POST /create of twelve pods at once")
        }
    }

    static let pings = ConformanceCheck(
        "races.ping-during-creates", contract: "3.1",
        because: "a node whose plugin is busy is not a node that is lost"
    ) { context in
        let pods = (0..<6).map { _ in context.pod(PodPlan("exit 0")) }
        let outcomes = try await withThrowingTaskGroup(of: CallOutcome?.self) { group in
            for pod in pods {
                group.addTask {
                    try await context.start(pod)
                    return nil
                }
                group.addTask { try await context.ping() }
            }
            var pings: [CallOutcome] = []
            for try await outcome in group { if let outcome { pings.append(outcome) } }
            return pings
        }
        let bad = outcomes.filter { !$0.isOK }
        context.expect(
            bad.isEmpty, sent: "GET /status with [] while pods are created", got: bad.first?.text ?? "",
            expected: "200", consequence: "the node is NotReady while it is busy")
    }

    static func together(
        _ count: Int, _ body: @escaping @Sendable () async throws -> CallOutcome
    ) async throws -> [CallOutcome] {
        try await withThrowingTaskGroup(of: CallOutcome.self) { group in
            for _ in 0..<count { group.addTask { try await body() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
