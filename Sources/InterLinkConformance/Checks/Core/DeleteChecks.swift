import InterLinkHTTPClient
import LosslessJSON

/// A delete is sent once, and nobody looks at what came of it.
enum DeleteChecks {
    static let all = [running, finished, repeated, unknown, spares, waiting]

    static let running = ConformanceCheck(
        "core.delete.running", contract: "2.8",
        because: "the pod disappears from Kubernetes whatever is answered; only the plugin can end its job"
    ) { context in
        let pod = try await context.start(PodPlan(Script.hold))
        try await context.reach(.running, pod)
        try expectOK(try await context.delete(pod), "POST /delete of a running pod", context)
        try await expectGone(pod, context)
    }

    static let finished = ConformanceCheck(
        "core.delete.finished", contract: "2.8",
        because: "the delete of an ended pod is the signal to remove what is left of it"
    ) { context in
        let pod = try await context.start(PodPlan("exit 0"))
        try await context.reach(.ended, pod)
        try expectOK(try await context.delete(pod), "POST /delete of a pod that has ended", context)
        try await expectGone(pod, context)
    }

    static let repeated = ConformanceCheck(
        "core.delete.repeated", contract: "2.8",
        because: "a delete may come twice, and the second must not be an error that is retried for ever"
    ) { context in
        let pod = try await context.start(PodPlan("exit 0"))
        try await context.reach(.ended, pod)
        guard try await context.delete(pod).isSuccess else { throw context.block("the first delete was refused") }
        for time in ["second", "third"] {
            try expectOK(try await context.delete(pod), "POST /delete of the same pod, the \(time) time", context)
        }
    }

    static let unknown = ConformanceCheck(
        "core.delete.unknown", contract: "2.8",
        because: "the plugin may have lost a pod, or never have got it: then there is nothing to do, which is no error"
    ) { context in
        let pod = context.pod(PodPlan(Script.hold))
        try expectOK(try await context.delete(pod), "POST /delete of a pod that was never created", context)
    }

    static let spares = ConformanceCheck(
        "core.delete.spares-others", contract: "2.8", because: "a delete ends one pod, and not its neighbours"
    ) { context in
        let first = try await context.start(PodPlan(Script.hold))
        let second = try await context.start(PodPlan(Script.hold))
        try await context.reach(.running, first)
        try await context.reach(.running, second)
        try await context.delete(first)
        try await context.watch(second) { sight in
            try context.require(
                sight.isRunning, sent: "POST /delete of \(first.name), GET /status of \(second.name)", got: sight.text,
                expected: "main running", consequence: sight.kubeletWords)
        }
    }

    static let waiting = ConformanceCheck(
        "core.delete.without-times", contract: "1.7",
        because: "a pod that waits is deleted without deletion times in its body"
    ) { context in
        let pod = try await context.start(PodPlan(Script.hold))
        let body = JSON.encode(pod.body.pod)
        pod.wasDeleted()
        let outcome = try await context.call(.delete, body, about: pod)
        try expectOK(outcome, "POST /delete without deletionTimestamp, right after the create", context)
        try await expectGone(pod, context)
    }

    private static func expectOK(_ outcome: CallOutcome, _ sent: String, _ context: CheckContext) throws {
        try context.require(
            outcome.isOK, sent: sent, got: outcome.text, expected: "200",
            consequence: "the failure is written to a log, and nobody asks again")
    }

    static func expectGone(_ pod: LivePod, _ context: CheckContext) async throws {
        let milestone = Milestone("the pod left out, or ended") { !$0.isAlive }
        let extra = context.allowances.stop + Double(pod.plan.grace)
        try await context.expect(milestone, pod, of: "POST /delete, and GET /status afterwards", extra: extra)
    }
}
