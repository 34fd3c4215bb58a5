import InterLinkAPI
import InterLinkHTTPClient
import KubernetesModel
import LosslessJSON

/// How a pod is told while it lives, and how it ends.
enum StatusChecks {
    static let all = [
        running, success, exitCode, exitCodeOfEach, oneEndsEarly, endIsFinal, image, times, rawPod, unknown, foreign,
        localContainer,
    ]

    static let running = ConformanceCheck(
        "core.status.running", contract: "2.6",
        because: "a pod is Running when a container is told to run, and users wait for that"
    ) { context in
        let pod = try await context.start(PodPlan(Script.hold))
        try await context.expect(.running, pod, of: "GET /status of a pod whose container goes on")
        try await context.watch(pod) { sight in
            try context.require(
                sight.isRunning, sent: "GET /status of a pod that runs", got: sight.text, expected: "main running",
                consequence: sight.kubeletWords)
        }
    }

    static let success = ConformanceCheck(
        "core.status.success", contract: "2.6",
        because: "a pod has succeeded when all of its containers have ended with 0"
    ) { context in
        let pod = try await context.start(PodPlan("sleep 1; exit 0"))
        try await context.expect(.succeeded, pod, of: "GET /status of a pod whose container exits with 0")
    }

    static let exitCode = ConformanceCheck(
        "core.status.exit-code", contract: "2.6",
        because: "a job that failed and is shown as a success is lost work that nobody looks for"
    ) { context in
        let pod = try await context.start(PodPlan("exit 42"))
        let sight = try await context.expect(
            .ended, pod, of: "GET /status of a pod whose container exits with 42")
        context.expect(
            sight.exitCode(of: "main") == 42, sent: "GET /status of a pod whose container exits with 42",
            got: sight.text, expected: "main ended with 42", consequence: sight.kubeletWords)
    }

    static let exitCodeOfEach = ConformanceCheck(
        "core.status.exit-code-of-each", contract: "2.6",
        because: "one bad container makes the pod Failed, and its code is what users see"
    ) { context in
        let pod = try await context.start(
            PodPlan(.script("good", "exit 0"), .script("bad", "exit 3"), .script("late", "sleep 2; exit 0")))
        let sent = "GET /status of a pod whose containers exit with 0, 3 and, later, 0"
        let sight = try await context.expect(.ended, pod, of: sent)
        let codes = ["good", "bad", "late"].map { sight.exitCode(of: $0) }
        context.expect(
            codes == [0, 3, 0], sent: sent, got: sight.text, expected: "codes 0, 3 and 0",
            consequence: sight.kubeletWords)
        context.expect(
            sight.phase == .failed, sent: sent, got: sight.kubeletWords, expected: "the pod is Failed",
            consequence: sight.kubeletWords)
    }

    static let oneEndsEarly = ConformanceCheck(
        "core.status.one-ends-early", contract: "2.6",
        because: "a pod runs as long as one of its containers does"
    ) { context in
        let pod = try await context.start(PodPlan(.script("short", "exit 0"), .script("long", Script.hold)))
        let sent = "GET /status of a pod with one container that has ended and one that runs"
        let milestone = Milestone("short has ended with 0 while long runs", within: .start) {
            $0.exitCode(of: "short") == 0 && $0.isRunning("long")
        }
        try await context.expect(milestone, pod, of: sent)
        try await context.watch(pod) { sight in
            try context.require(
                sight.phase == .running, sent: sent, got: sight.text, expected: "a running pod",
                consequence: sight.kubeletWords)
        }
    }

    static let endIsFinal = ConformanceCheck(
        "core.status.end-is-final", contract: "2.6", rule: .endIsKept,
        because: "Kubernetes refuses to take an end back, and a restarted Virtual Kubelet asks for ended pods again"
    ) { context in
        let pods = [try await context.start(PodPlan("exit 0")), try await context.start(PodPlan("exit 5"))]
        for pod in pods { try await context.reach(.ended, pod) }
        for pod in pods { try await context.watch(pod) { _ in } }
    }

    static let image = ConformanceCheck(
        "core.status.image", contract: "2.5",
        because: "the answer replaces what the Virtual Kubelet has filled in, so an image that is not told is erased"
    ) { context in
        let pod = try await context.start(PodPlan(Script.hold))
        let sight = try await context.reach(.running, pod)
        let image = sight.status(of: "main")?.image ?? ""
        context.expect(
            !image.isEmpty, sent: "GET /status of a running pod", got: "an empty image",
            expected: "the image: \(context.options.target.image)", consequence: "kubectl shows no image")
    }

    static let times = ConformanceCheck(
        "core.status.times", contract: "2.4",
        because: "users read from the times how long a job ran; they are copied as they are"
    ) { context in
        let pod = try await context.start(PodPlan("sleep 1"))
        let sight = try await context.reach(.ended, pod)
        let end = sight.status(of: "main")?.state?.terminated
        let shown =
            "startedAt \(end?.startedAt.map { "\($0)" } ?? "null"), "
            + "finishedAt \(end?.finishedAt.map { "\($0)" } ?? "null")"
        guard let finished = end?.finishedAt, !finished.isZero else {
            return context.expect(
                false, sent: "GET /status of an ended pod", got: shown, expected: "the time of the end")
        }
        if let started = end?.startedAt, !started.isZero {
            context.expect(
                started <= finished, sent: "GET /status of an ended pod", got: shown,
                expected: "an end that is not before the start")
        }
    }

    static let rawPod = ConformanceCheck(
        "core.status.raw-pod", contract: "1.5",
        because:
            "after its restart a Virtual Kubelet asks with the pod as Kubernetes has it, which is not what was created"
    ) { context in
        let pod = try await context.start(PodPlan(Script.hold))
        try await context.reach(.running, pod)
        var raw = pod.held
        raw.spec.containers[0].env = [
            EnvVar(
                name: "SECRET", valueFrom: EnvVarSource(secretKeyRef: SecretKeySelector(key: "k", name: "unresolved")))
        ]
        raw.metadata.annotations?["added"] = "later"
        raw.status = PodStatus(phase: .running)
        let outcome = try await context.call(.status, JSON.encode([raw]), about: pod)
        let answer = try? GoReading.statuses(outcome.body).first
        context.expect(
            outcome.isOK && answer?.uid == pod.uid
                && answer?.containers.first?.state?.running != nil,
            sent: "GET /status with the pod as Kubernetes has it",
            got: outcome.text, expected: "the running pod",
            consequence: "after a restart the pod is not updated any more")
    }

    static let unknown = ConformanceCheck(
        "core.status.unknown-pod", contract: "2.7",
        because: "a status is asked for before the create has come; whatever is told then becomes the pod's state"
    ) { context in
        let pod = context.pod(PodPlan(Script.hold))
        try await expectNothing(of: pod.held, sent: "GET /status of a pod that was never created", context)
    }

    static let foreign = ConformanceCheck(
        "core.status.foreign-pod", contract: "2.7",
        because: "a pod with the job id of another plugin, or of lost records, is not this plugin's to call running"
    ) { context in
        var pod = context.pod(PodPlan(Script.hold)).held
        pod.metadata.annotations?["JobID"] = "a-job-of-somebody-else"
        try await expectNothing(of: pod, sent: "GET /status of a pod with a job id that is not known", context)
    }

    static let localContainer = ConformanceCheck(
        "core.status.local-container", contract: "2.7",
        because:
            "a container that an annotation keeps in the cluster is asked for all the same, and a failure beside one "
            + "that has no end crashes the Virtual Kubelet"
    ) { context in
        let pod = try await context.start(
            PodPlan("exit 7") { plan in
                plan.local = [.script("kept-local", "exit 0")]
                plan.annotations["interlink.eu/disable-offload-containers"] = "kept-local"
            })
        try await context.expect(
            .failed, pod, of: "GET /status with a container that was not in the create, while the other has failed")
    }

    /// Left out, or ended badly; never alive, and never a success.
    private static func expectNothing(of pod: Pod, sent: String, _ context: CheckContext) async throws {
        let outcome = try await context.call(.status, JSON.encode([pod]))
        guard outcome.isOK, let answers = try? GoReading.statuses(outcome.body) else {
            return context.expect(
                false, sent: sent, got: outcome.text, expected: "200 and []",
                consequence: "the Virtual Kubelet keeps what it knew, and logs an error every round")
        }
        guard let answer = answers.first else { return }
        let isEnded =
            !answer.containers.isEmpty
            && answer.containers.allSatisfy { ($0.state?.terminated?.exitCode ?? 0) != 0 }
        var story = PodStory(pod)
        _ = story.take(answers)
        let sight = PodSight(spec: pod.spec, answer: answer, text: answer.summary, story: story)
        context.expect(
            isEnded, sent: sent, got: answer.summary, expected: "the pod left out, or every container ended badly",
            consequence: sight.kubeletWords)
    }
}
