import InterLinkAPI
import InterLinkHTTPClient
import KubernetesModel
import LosslessJSON

/// Requests that are wrong. Nobody in front of the plugin checks them on an open port.
enum HostileChecks {
    static let all = [noJSON, list, noUID, uidAsPath, deep, wrongTypes, logPath, logOptions, large]

    static let noJSON = ConformanceCheck(
        "hostile.no-json", contract: "9.1", because: "what cannot be read must be refused, and hurt nothing"
    ) { context in
        for call in [InterLinkCall.create, .status, .delete, .logs] {
            for body in ["", "not json", "{\"pod\":", "\u{0}"] {
                try await expectRefused(call, Array(body.utf8), "the body \(body.quoted)", context)
            }
        }
    }

    static let list = ConformanceCheck(
        "hostile.create-list", contract: "1.8",
        because: "some documents say that a create takes a list; interLink sends one object"
    ) { context in
        let pod = context.pod(PodPlan("exit 0"))
        // It may be taken for the pod that it holds.
        pod.sent()
        try await expectRefused(.create, Array("[".utf8) + pod.body.bytes + Array("]".utf8), "a list", context)
    }

    static let noUID = ConformanceCheck(
        "hostile.create-without-uid", contract: "9.2", because: "a pod without a UID can never be found again"
    ) { context in
        let pod = context.pod(PodPlan("exit 0"))
        for uid in [nil, ""] {
            var metadata = pod.body.pod.metadata
            metadata.uid = uid
            let body = CreateBody(pod.plan, metadata: metadata, target: context.options.target)
            try await expectRefused(.create, body.bytes, "a pod with \(uid == nil ? "no" : "an empty") UID", context)
        }
    }

    static let uidAsPath = ConformanceCheck(
        "hostile.uid-as-path", contract: "8.3",
        because: "a UID becomes the name of a folder that is made, and later removed with all that is in it"
    ) { context in
        let pod = context.pod(PodPlan("exit 0"))
        // Names that can do no harm where they are believed: nothing else is called like that.
        let name = "interlink-conformance-\(context.register.run)"
        for uid in ["../\(name)", "\(name)/inner", "\(name);id", "\(name) $(id)", "\(name)\u{0}", "\(name)\n"] {
            var metadata = pod.body.pod.metadata
            metadata.uid = uid
            let body = CreateBody(pod.plan, metadata: metadata, target: context.options.target)
            try await expectRefused(.create, body.bytes, "the UID \(uid.quoted)", context)
        }
    }

    static let deep = ConformanceCheck(
        "hostile.deep", contract: "9.1", because: "a document of a thousand brackets must not end the plugin"
    ) { context in
        let brackets = Array(String(repeating: "[", count: 100_000).utf8)
        for call in [InterLinkCall.create, .status, .delete, .logs] {
            try await expectRefused(call, brackets, "a hundred thousand opening brackets", context)
        }
    }

    static let wrongTypes = ConformanceCheck(
        "hostile.wrong-types", contract: "9.1", because: "a member of another type must be refused, and hurt nothing"
    ) { context in
        for body in ["[]", "1", "null", "\"text\"", "{\"pod\":[]}", "{\"pod\":{\"metadata\":1}}"] {
            try await expectRefused(.create, Array(body.utf8), "the body \(body)", context)
        }
        for body in ["{}", "1", "\"text\"", "[1]", "[{\"metadata\":[]}]"] {
            let outcome = try await context.call(.status, Array(body.utf8))
            try await expectAlive(outcome, "GET /status with the body \(body)", context)
        }
    }

    static let logPath = ConformanceCheck(
        "hostile.log-path", contract: "8.3",
        because: "the name of a container becomes a part of a path, and the log of another file is a leak"
    ) { context in
        let pod = try await context.start(PodPlan("exit 0"))
        try await context.reach(.ended, pod)
        for name in ["../../../../../../../../etc/passwd", "/etc/passwd", "main/../../../../../../../etc/passwd"] {
            let outcome = try await context.log(of: name, in: pod)
            let sent = "GET /getLogs of a container named \(name.quoted)"
            context.expect(
                !outcome.bodyText.contains("root:"), sent: sent, got: outcome.text, expected: "no file of the machine",
                consequence: "whoever reaches the port reads every file that the plugin may read")
            try await expectAlive(outcome, sent, context)
        }
    }

    static let logOptions = ConformanceCheck(
        "hostile.log-options", contract: "1.6", because: "numbers out of all range come from users' command lines"
    ) { context in
        let pod = try await context.start(PodPlan("echo a line"))
        try await context.reach(.ended, pod)
        let wishes = [
            LogWish(tail: .max), LogWish(tail: -1), LogWish(bytes: .max), LogWish(bytes: -5),
            LogWish(sinceSeconds: .max),
            LogWish(sinceSeconds: -1), LogWish(tail: 1, bytes: 1), LogWish(sinceTime: Timestamp(secondsSinceEpoch: -1)),
        ]
        for wish in wishes {
            try await expectAlive(try await context.log(of: "main", in: pod, wish), wish.words, context)
        }
    }

    static let large = ConformanceCheck(
        "hostile.large", contract: "9.1",
        because: "a body of some megabytes is legal, and must not be more than the plugin can bear"
    ) { context in
        let pod = context.pod(
            PodPlan("exit 0") { plan in
                plan.annotations["long"] = String(repeating: "a word and ", count: 20_000)
            })
        guard case .object(var body) = try? JSON.decode(JSONValue.self, from: pod.body.bytes) else {
            throw context.block("the body of the create is not as expected")
        }
        body["padding"] = .string(String(repeating: "0123456789abcdef", count: 256 << 10))
        pod.sent()
        let outcome = try await context.call(.create, JSON.encode(JSONValue.object(body)), about: pod)
        try await expectAlive(outcome, "POST /create with a body of four megabytes", context)
    }

    /// Not taken for right, and survived.
    private static func expectRefused(
        _ call: InterLinkCall, _ body: [UInt8], _ what: String, _ context: CheckContext
    ) async throws {
        let outcome = try await context.call(call, body)
        let sent = "\(call.method) \(call.path) with \(what)"
        if call == .create {
            context.expect(
                !outcome.isSuccess, sent: sent, got: outcome.text, expected: "an error: 400 says best what it is")
        }
        try await expectAlive(outcome, sent, context)
    }

    /// It was answered, with whatever code, and so is the next ping.
    private static func expectAlive(_ outcome: CallOutcome, _ sent: String, _ context: CheckContext) async throws {
        context.expect(
            outcome.status != nil, sent: sent, got: outcome.text, expected: "an answer, whatever it says",
            consequence: "a handler that dies can take the whole plugin with it")
        let ping = try await context.ping()
        try context.require(
            ping.status != nil, sent: "\(sent); then a ping", got: ping.text, expected: "an answer",
            consequence: "one bad request ends the plugin")
    }
}
