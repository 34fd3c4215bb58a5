import KubernetesModel

/// Init containers with `restartPolicy: Always`.
enum SidecarChecks {
    static let all = [leftOut, ends, runs]

    private static func plan(_ main: String, sidecar: String) -> PodPlan {
        var plan = PodPlan(main)
        plan.inits = [Container.script("beside", sidecar).with { $0.restartPolicy = "Always" }]
        return plan
    }

    static let leftOut = ConformanceCheck(
        "sidecars.pod-runs", contract: "2.7",
        because: "a Virtual Kubelet takes a sidecar for an init container that never ends, and the pod stays Pending"
    ) { context in
        let pod = try await context.start(plan(Script.hold, sidecar: Script.hold))
        let milestone = Milestone("the pod is Running", within: .start) { $0.phase == .running }
        try await context.expect(milestone, pod, of: "GET /status of a pod with a sidecar")
    }

    static let ends = ConformanceCheck(
        "sidecars.end", contract: "2.6", because: "a pod ends with its containers; sidecars are ended with them"
    ) { context in
        let pod = try await context.start(plan("sleep 1", sidecar: Script.hold))
        try await context.expect(
            .succeeded, pod, of: "GET /status of a pod whose container ends, and its sidecar does not")
    }

    static let runs = ConformanceCheck(
        "sidecars.run-beside", contract: "2.6", needs: [.logs],
        because: "a sidecar is started before the containers, and runs while they do"
    ) { context in
        let pod = try await context.start(plan(Script.hold, sidecar: "echo beside-has-begun; \(Script.hold)"))
        try await context.reach(.running, pod)
        try await context.expectLog(
            of: "beside", in: pod, comesTo: "beside-has-begun\n", of: "GET /getLogs of the sidecar, once main runs")
    }
}
