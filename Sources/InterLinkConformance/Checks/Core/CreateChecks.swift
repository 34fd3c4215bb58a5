import InterLinkAPI
import InterLinkHTTPClient
import LosslessJSON

/// The answer to a create, which is asked for once, and never again after an error.
enum CreateChecks {
    static let all = [code, object, uid, jobID, unknownMembers, repeated, repeatedAfterEnd]

    private static let sent = "POST /create of a pod with one container that ends at once"

    static let code = ConformanceCheck(
        "core.create.code", contract: "2.3",
        because: "any answer but 200, a 201 too, makes the pod Failed for good while its job may run"
    ) { context in
        let outcome = try await context.create(context.pod(PodPlan("exit 0")))
        context.expect(
            outcome.isOK, sent: sent, got: outcome.text, expected: "200",
            consequence: "the pod is Failed with ProviderFailed, and nobody asks again")
    }

    static let object = ConformanceCheck(
        "core.create.object", contract: "2.3",
        because: "the answer is read as one object with texts; a list, a text or a number makes the pod Failed"
    ) { context in
        let outcome = try await context.create(context.pod(PodPlan("exit 0")))
        guard outcome.isSuccess else { throw context.block("the create was answered \(outcome.text)") }
        do throws(JSONError) {
            _ = try GoReading.created(outcome.body)
        } catch {
            context.expect(
                false, sent: sent, got: "\(outcome.text), which cannot be read: \(error)",
                expected: #"{"PodUID": "…", "PodJID": "…"}"#,
                consequence: "the pod is Failed with ProviderFailed, while its job runs")
        }
    }

    static let uid = ConformanceCheck(
        "core.create.uid", contract: "2.3",
        because:
            "only if the answer names the pod's own UID is the job's id kept, which a restarted Virtual Kubelet needs"
    ) { context in
        let pod = context.pod(PodPlan("exit 0"))
        let answer = try await created(pod, context)
        context.expect(
            answer.podUID == pod.uid, sent: sent, got: "PodUID \(answer.podUID.quoted)",
            expected: "PodUID \(pod.uid.quoted)",
            consequence: "the pod gets no JobID, and is created a second time after a restart of the Virtual Kubelet")
    }

    static let jobID = ConformanceCheck(
        "core.create.job-id", contract: "2.3",
        because: "the job's id is what a restarted Virtual Kubelet knows its pods by"
    ) { context in
        let answer = try await created(context.pod(PodPlan("exit 0")), context)
        context.expect(
            !answer.podJID.isEmpty, sent: sent, got: "an empty PodJID", expected: "a PodJID",
            consequence: "the pod is created a second time after a restart of the Virtual Kubelet")
    }

    static let unknownMembers = ConformanceCheck(
        "core.create.unknown-members", contract: "1.3",
        because: "Kubernetes adds members to its pods with every version"
    ) { context in
        let pod = context.pod(PodPlan("exit 0"))
        guard case .object(var body) = try? JSON.decode(JSONValue.self, from: pod.body.bytes),
            case .object(var inner)? = body["pod"], case .object(var spec)? = inner["spec"]
        else { throw context.block("the body of the create is not as expected") }
        spec["aMemberOfTomorrow"] = .object(["deep": .array([.number("1"), .null])])
        inner["spec"] = .object(spec)
        body["pod"] = .object(inner)
        body["anotherOne"] = .string("new")
        pod.sent()
        let outcome = try await context.call(.create, JSON.encode(JSONValue.object(body)), about: pod)
        context.expect(
            outcome.isSuccess, sent: "POST /create with members that nobody knows yet", got: outcome.text,
            expected: "200", consequence: "no pod can be created after an upgrade of Kubernetes")
    }

    static let repeated = ConformanceCheck(
        "core.create.repeated", contract: "2.9",
        because: "a Virtual Kubelet that was restarted creates a pod again whose answer it has not got"
    ) { context in
        let pod = context.pod(PodPlan(Script.hold))
        let first = try await created(pod, context)
        try await context.reach(.running, pod)
        let outcome = try await context.create(pod)
        try expectSame(outcome, first, sent: "POST /create a second time, while the pod runs", context)
        try await context.watch(pod) { sight in
            try context.require(
                sight.answer == nil || sight.isRunning, sent: "GET /status after the second create", got: sight.text,
                expected: "the pod runs on")
        }
    }

    static let repeatedAfterEnd = ConformanceCheck(
        "core.create.repeated-after-end", contract: "2.9",
        because: "a pod that has ended is not to run a second time because its create is repeated"
    ) { context in
        let pod = context.pod(PodPlan("exit 3"))
        let first = try await created(pod, context)
        try await context.reach(.ended, pod)
        let outcome = try await context.create(pod)
        try expectSame(outcome, first, sent: "POST /create a second time, after the pod has ended", context)
        try await context.watch(pod) { sight in
            try context.require(
                sight.answer == nil || sight.exitCode(of: "main") == 3, sent: "GET /status after the second create",
                got: sight.text, expected: "main ended with 3, as before")
        }
    }

    private static func expectSame(
        _ outcome: CallOutcome, _ first: CreateAnswer, sent: String, _ context: CheckContext
    ) throws {
        let second = try? GoReading.created(outcome.body)
        try context.require(
            outcome.isSuccess && second?.podJID == first.podJID, sent: sent, got: outcome.text,
            expected: "200 and PodJID \(first.podJID.quoted), as the first time",
            consequence: "one pod has two jobs, or is Failed although its job runs")
    }

    /// The answer to a create, where another check judges whether it is one.
    private static func created(_ pod: LivePod, _ context: CheckContext) async throws -> CreateAnswer {
        let outcome = try await context.create(pod)
        guard outcome.isSuccess, let answer = try? GoReading.created(outcome.body) else {
            throw context.block("the create was answered \(outcome.text)")
        }
        return answer
    }
}
