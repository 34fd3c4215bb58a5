/// One pod is one job, seen by what it printed.
enum OneJobChecks {
    static let all = [startsOnce]

    static let startsOnce = ConformanceCheck(
        "races.starts-once", contract: "2.9", needs: [.logs],
        because: "a repeated create must not start the containers a second time"
    ) { context in
        let plan = PodPlan("echo \"start-of-$(date +%s)\"; \(Script.hold)")
        let pod = context.pod(plan)
        _ = try await RepetitionChecks.together(4) { try await context.create(pod) }
        let sight = try await context.reach(.running, pod)
        let first = try await context.reachLog("start-of-", of: "main", in: pod)
        try await context.create(pod)
        try await context.watch(pod) { _ in }
        let later = try await context.log(of: "main", in: pod)
        context.expect(
            later.bodyText == first && first.split(separator: "\n").count == 1,
            sent: "POST /create five times, four of them at once",
            got: "the log \(first.quoted), and later \(later.bodyText.quoted)", expected: "one start",
            consequence: "the pod's work is done twice: \(sight.text)")
    }
}
