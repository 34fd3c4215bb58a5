/// `kubectl logs --follow`.
enum LogFollowChecks {
    static let all = [asItComes, ends, ofEnded, withTail, leaving]

    static let asItComes = ConformanceCheck(
        "logs.follow", contract: "2.12", because: "whoever follows a log wants to see it while the container runs"
    ) { context in
        let pod = try await context.start(PodPlan("echo first; sleep 3; echo second; \(Script.hold)"))
        let log = context.follow("main", in: pod)
        defer { log.stop() }
        let came = try await log.wait(context.allowances.start + context.allowances.change) {
            $0.text == "first\nsecond\n" || $0.ending != nil
        }
        let last = log.now
        context.expect(
            came && last.status == 200 && last.text == "first\nsecond\n" && last.ending == nil,
            sent: LogWish(follow: true).words + " of a container that prints two lines and runs on", got: last.words,
            expected: "200, both lines, and an answer that goes on")
    }

    static let ends = ConformanceCheck(
        "logs.follow-ends", contract: "2.12",
        because: "a follow that never ends keeps the user's terminal and a connection"
    ) { context in
        let pod = try await context.start(PodPlan("echo first; sleep 2; echo last"))
        let log = context.follow("main", in: pod)
        defer { log.stop() }
        let ended = try await log.wait(context.allowances.start + context.allowances.change) { $0.ending != nil }
        let last = log.now
        context.expect(
            ended && last.status == 200 && last.text == "first\nlast\n",
            sent: LogWish(follow: true).words + " of a container that ends after two seconds", got: last.words,
            expected: "200, both lines, and the end of the answer")
    }

    static let ofEnded = ConformanceCheck(
        "logs.follow-of-ended", contract: "2.12", because: "nothing more comes of a container that has ended"
    ) { context in
        let pod = try await context.start(PodPlan("echo all of it"))
        try await context.reach(.ended, pod)
        let log = context.follow("main", in: pod)
        defer { log.stop() }
        let ended = try await log.wait(context.allowances.change) { $0.ending != nil }
        let last = log.now
        context.expect(
            ended && last.status == 200 && last.text == "all of it\n",
            sent: LogWish(follow: true).words + " of a container that has ended", got: last.words,
            expected: "200, the log, and the end of the answer")
    }

    static let withTail = ConformanceCheck(
        "logs.follow-with-tail", contract: "2.12",
        because: "--follow with --tail begins with the last lines, and goes on"
    ) { context in
        let pod = try await context.start(PodPlan("echo one; echo two; echo three; sleep 8; echo four"))
        try await context.reachLog("three\n", of: "main", in: pod)
        let wish = LogWish(tail: 1, follow: true)
        let log = context.follow("main", in: pod, wish)
        defer { log.stop() }
        let ended = try await log.wait(context.allowances.start + context.allowances.change) { $0.ending != nil }
        let last = log.now
        // On a slow machine the fourth line may have come before the question.
        let mayBe = ["three\nfour\n", "four\n"]
        context.expect(
            ended && last.status == 200 && mayBe.contains(last.text), sent: wish.words + " after three lines",
            got: last.words, expected: "200, the third line, the fourth, and the end of the answer")
    }

    static let leaving = ConformanceCheck(
        "logs.follow-left", contract: "2.12",
        because: "users stop following, and nothing of it may stay with the plugin"
    ) { context in
        let pod = try await context.start(PodPlan("echo here; \(Script.hold)"))
        try await context.reach(.running, pod)
        for _ in 0..<20 {
            let log = context.follow("main", in: pod)
            _ = try await log.wait(context.allowances.change) { $0.status != nil || $0.ending != nil }
            log.stop()
        }
        let outcome = try await context.log(of: "main", in: pod)
        context.expect(
            outcome.isOK, sent: "GET /getLogs after twenty clients that followed have gone", got: outcome.text,
            expected: "200")
    }
}
