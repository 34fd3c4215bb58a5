import KubernetesModel

/// The options of `kubectl logs`: nobody but the plugin does anything about them.
enum LogOptionChecks {
    static let all = [tail, tailWithoutEnd, bytes, timestamps, sinceTime, sinceSeconds, combined, noPrevious]

    static let tail = ConformanceCheck(
        "logs.tail", contract: "2.12", because: "--tail shows the last lines: that many, not one more and not one less"
    ) { context in
        let pod = try await context.start(PodPlan("for n in 1 2 3 4 5; do echo line-$n; done"))
        try await context.reach(.ended, pod)
        for count in [1, 2, 4, 5, 6, 1000] {
            let expected = (1...5).suffix(count).map { "line-\($0)\n" }.joined()
            try await expect(LogWish(tail: Int64(count)), of: pod, is: expected, context)
        }
    }

    static let tailWithoutEnd = ConformanceCheck(
        "logs.tail-without-line-end", contract: "2.12",
        because: "the last line is a line, whether its end was printed or not"
    ) { context in
        let pod = try await context.start(PodPlan("printf 'first\\nsecond\\nlast'"))
        try await context.reach(.ended, pod)
        try await expect(LogWish(tail: 1), of: pod, is: "last", context)
        try await expect(LogWish(tail: 2), of: pod, is: "second\nlast", context)
        try await expect(LogWish(tail: 3), of: pod, is: "first\nsecond\nlast", context)
    }

    static let bytes = ConformanceCheck(
        "logs.bytes", contract: "2.12", because: "--limit-bytes gives the beginning, not the end"
    ) { context in
        let text = "0123456789\nabcdefghij\n"
        let pod = try await context.start(PodPlan("echo 0123456789; echo abcdefghij"))
        try await context.reach(.ended, pod)
        for count in [1, 5, 11, 15, 22, 23, 100_000] {
            try await expect(LogWish(bytes: Int64(count)), of: pod, is: String(text.prefix(count)), context)
        }
    }

    static let timestamps = ConformanceCheck(
        "logs.timestamps", contract: "2.12",
        because: "--timestamps puts a time before every line, and sorting by it must not turn the log around"
    ) { context in
        let pod = try await context.start(PodPlan("echo one; sleep 2; echo two; echo three"))
        try await context.reach(.ended, pod)
        let wish = LogWish(timestamps: true)
        let outcome = try await context.log(of: "main", in: pod, wish)
        let lines = outcome.bodyText.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1) }
        let times = lines.compactMap { $0.first.flatMap { Timestamp(String($0)) } }
        let texts = lines.map { $0.count > 1 ? String($0[1]) : "" }
        context.expect(
            outcome.isOK && times.count == 3 && texts == ["one", "two", "three"], sent: wish.words, got: outcome.text,
            expected: "each line behind a time as RFC 3339 and a blank")
        context.expect(
            times == times.sorted(), sent: wish.words, got: outcome.text, expected: "times that do not go back")
    }

    static let sinceTime = ConformanceCheck(
        "logs.since-time", contract: "2.12", because: "--since-time leaves out what is older, not what is newer"
    ) { context in
        let (pod, early, late) = try await twoTimes(context)
        let middle = Timestamp(secondsSinceEpoch: (early + late) / 2)
        let log = "early \(early)\nlate \(late)\n"
        try await expect(
            LogWish(sinceTime: Timestamp(secondsSinceEpoch: early - 3600)), of: pod, is: log, context)
        try await expect(LogWish(sinceTime: middle), of: pod, is: "late \(late)\n", context)
        try await expect(
            LogWish(sinceTime: Timestamp(secondsSinceEpoch: late + 86_400)), of: pod, is: "", context)
    }

    static let sinceSeconds = ConformanceCheck(
        "logs.since-seconds", contract: "2.12", because: "--since leaves out what is older, not what is newer"
    ) { context in
        let (pod, early, late) = try await twoTimes(context)
        let log = "early \(early)\nlate \(late)\n"
        try await expect(LogWish(sinceSeconds: 86_400), of: pod, is: log, context)
        // The seconds are counted back from when the plugin reads the request: a slow moment makes them too few.
        for attempt in 1...4 {
            let wish = LogWish(sinceSeconds: max(1, Timestamp.now.secondsSinceEpoch - (early + late) / 2))
            let outcome = try await context.log(of: "main", in: pod, wish)
            if outcome.isOK, outcome.bodyText == "late \(late)\n" { return }
            context.expect(
                attempt < 4, sent: wish.words, got: outcome.text, expected: "200 and \("late \(late)\n".quoted)")
        }
    }

    static let combined = ConformanceCheck(
        "logs.combined", contract: "2.12", because: "options of kubectl logs can be given together"
    ) { context in
        let pod = try await context.start(PodPlan("echo one; echo two; echo three"))
        try await context.reach(.ended, pod)
        try await expect(LogWish(tail: 2, sinceSeconds: 86_400), of: pod, is: "two\nthree\n", context)
        try await expect(LogWish(bytes: 5, sinceSeconds: 86_400), of: pod, is: "one\nt", context)
    }

    static let noPrevious = ConformanceCheck(
        "logs.no-previous", contract: "2.12", because: "--previous asks for an earlier run; the present one is not it"
    ) { context in
        let pod = try await context.start(PodPlan("echo the-only-run"))
        try await context.reach(.ended, pod)
        let wish = LogWish(previous: true)
        let outcome = try await context.log(of: "main", in: pod, wish)
        context.expect(
            outcome.status != nil && !outcome.bodyText.contains("the-only-run"), sent: wish.words, got: outcome.text,
            expected: "an error, or nothing, since the container was never started again")
    }

    /// A container that has printed two lines, and the seconds at which it did, by its own clock.
    private static func twoTimes(_ context: CheckContext) async throws -> (LivePod, early: Int64, late: Int64) {
        let pod = try await context.start(PodPlan("echo early $(date +%s); sleep 16; echo late $(date +%s)"))
        try await context.reach(.ended, pod)
        let outcome = try await context.log(of: "main", in: pod)
        let times = outcome.bodyText.split(separator: "\n").compactMap { line in
            line.split(separator: " ").last.flatMap { Int64($0) }
        }
        guard outcome.isOK, times.count == 2 else { throw context.block("the log is \(outcome.text)") }
        return (pod, times[0], times[1])
    }

    private static func expect(
        _ wish: LogWish, of pod: LivePod, is expected: String, _ context: CheckContext
    ) async throws {
        let outcome = try await context.log(of: "main", in: pod, wish)
        context.expect(
            outcome.isOK && outcome.bodyText == expected, sent: wish.words,
            got: outcome.isOK ? "200 \(outcome.bodyText.shortened().quoted)" : outcome.text,
            expected: "200 \(expected.quoted)")
    }
}
