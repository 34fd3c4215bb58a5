/// What containers printed, whole and byte by byte.
enum LogTextChecks {
    static let all = [
        whole, bothOutputs, eachItsOwn, bytesExact, long, repeated, whileRunning, unknownContainer, unknownPod,
    ]

    static let whole = ConformanceCheck(
        "logs.whole", contract: "2.12",
        because: "the log must be there, and complete, at the moment at which the end is told"
    ) { context in
        let pod = try await context.start(PodPlan("echo one; echo two; sleep 1; echo three"))
        try await context.reach(.ended, pod)
        let outcome = try await context.log(of: "main", in: pod)
        context.expect(
            outcome.isOK && outcome.bodyText == "one\ntwo\nthree\n",
            sent: "GET /getLogs as soon as the end was told", got: outcome.text,
            expected: "200 and \("one\ntwo\nthree\n".quoted)", consequence: "users see a job without its results")
    }

    static let bothOutputs = ConformanceCheck(
        "logs.both-outputs", contract: "6.2", because: "errors are what users look for in a log"
    ) { context in
        let pod = try await context.start(PodPlan("echo to-output; echo to-errors >&2"))
        try await context.reach(.ended, pod)
        let outcome = try await context.log(of: "main", in: pod)
        context.expect(
            outcome.isOK && outcome.bodyText.split(separator: "\n").sorted() == ["to-errors", "to-output"],
            sent: "GET /getLogs of a container that wrote to both outputs", got: outcome.text, expected: "both lines")
    }

    static let eachItsOwn = ConformanceCheck(
        "logs.each-its-own", contract: "2.12", because: "a log is asked for by the name of the container"
    ) { context in
        let pod = try await context.start(
            PodPlan(.script("left", "echo from-left"), .script("right", "echo from-right")))
        try await context.reach(.ended, pod)
        for name in ["left", "right"] {
            let outcome = try await context.log(of: name, in: pod)
            context.expect(
                outcome.isOK && outcome.bodyText == "from-\(name)\n", sent: "GET /getLogs of \(name)",
                got: outcome.text, expected: "200 and \("from-\(name)\n".quoted)")
        }
    }

    static let bytesExact = ConformanceCheck(
        "logs.bytes-exact", contract: "2.12",
        because: "what is passed on must be what was printed, and not a cleaned-up text"
    ) { context in
        let expected: [UInt8] =
            Array("a\r\n\ttab \u{1}\u{1b}[1m ünï ☃\n\n".utf8) + [0xff, 0xfe] + Array("no line end".utf8)
        let octal = expected.map { byte in
            let digits = String(byte, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }.joined()
        let pod = try await context.start(PodPlan("printf '\(octal)'"))
        try await context.reach(.ended, pod)
        let outcome = try await context.log(of: "main", in: pod)
        context.expect(
            outcome.isOK && outcome.body == expected, sent: "GET /getLogs of bytes that are no plain text",
            got: "\(outcome.status ?? 0) and \(outcome.body.count) bytes: \(outcome.bodyText.shortened().quoted)",
            expected: "\(expected.count) bytes: \(String(decoding: expected, as: UTF8.self).quoted)")
    }

    static let long = ConformanceCheck(
        "logs.long", contract: "2.12", because: "logs of jobs have megabytes, and none of them may be missing"
    ) { context in
        let lines = 30_000
        let script = "awk 'BEGIN { for (i = 1; i <= \(lines); i++) print \"line \" i \" of a long log\" }'"
        let pod = try await context.start(PodPlan(script))
        try await context.reach(.ended, pod)
        let outcome = try await context.log(of: "main", in: pod)
        let expected = (1...lines).map { "line \($0) of a long log\n" }.joined()
        context.expect(
            outcome.isOK && outcome.bodyText == expected, sent: "GET /getLogs of \(lines) lines",
            got: "\(outcome.status ?? 0) and \(outcome.body.count) bytes", expected: "\(expected.utf8.count) bytes")
    }

    static let repeated = ConformanceCheck(
        "logs.repeated", contract: "2.12", because: "to read a log does not change it"
    ) { context in
        let pod = try await context.start(PodPlan("echo once; echo twice"))
        try await context.reach(.ended, pod)
        let first = try await context.log(of: "main", in: pod)
        for _ in 0..<3 {
            let again = try await context.log(of: "main", in: pod)
            context.expect(
                again.status == first.status && again.body == first.body, sent: "GET /getLogs again", got: again.text,
                expected: first.text)
        }
    }

    static let whileRunning = ConformanceCheck(
        "logs.while-running", contract: "2.12", because: "a log is most wanted while the job runs"
    ) { context in
        let pod = try await context.start(PodPlan("echo already; \(Script.hold)"))
        try await context.reach(.running, pod)
        try await context.expectLog(
            of: "main", in: pod, comesTo: "already\n", of: "GET /getLogs of a running container")
    }

    static let unknownContainer = ConformanceCheck(
        "logs.unknown-container", contract: "2.12", because: "the log of one container must not be given for another's"
    ) { context in
        let pod = try await context.start(PodPlan("echo private"))
        try await context.reach(.ended, pod)
        let outcome = try await context.log(of: "other", in: pod)
        context.expect(
            outcome.status != nil && !outcome.bodyText.contains("private"),
            sent: "GET /getLogs of a container that the pod does not have", got: outcome.text,
            expected: "an error, or nothing")
    }

    static let unknownPod = ConformanceCheck(
        "logs.unknown-pod", contract: "2.12",
        because: "a pod that is gone has no log, and asking for it is no catastrophe"
    ) { context in
        let pod = context.pod(PodPlan("exit 0"))
        let outcome = try await context.log(of: "main", in: pod)
        context.expect(
            outcome.status != nil, sent: "GET /getLogs of a pod that was never created", got: outcome.text,
            expected: "an error, or nothing")
    }
}
