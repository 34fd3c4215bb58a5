import KubernetesModel

/// Probes that run a command in the container. Probes over the network need a server in the image, and are not tested.
enum ProbeChecks {
    static let all = [holds, opens, readinessSpares, livenessEnds, livenessSpares, startup, inside]

    /// A name that no other container on the machine has, since some runtimes share /tmp.
    private static func file(_ context: CheckContext) -> String {
        "/tmp/interlink-conformance-\(context.register.run)-\(context.check)"
    }

    private static func probe(_ script: String, threshold: Int32, _ context: CheckContext) -> Probe {
        Probe(
            exec: ExecAction(command: context.options.target.shell + [script]), failureThreshold: threshold,
            periodSeconds: 1, timeoutSeconds: 20)
    }

    private static func plan(_ script: String, _ change: (inout Container) -> Void) -> PodPlan {
        PodPlan(Container.script("main", script).with(change))
    }

    static let holds = ConformanceCheck(
        "probes.readiness-holds", contract: "2.5", needs: [.logs],
        because: "a Virtual Kubelet calls everything ready that runs, so what is not ready must not be told as running"
    ) { context in
        let plan = plan("echo begun; \(Script.hold)") { $0.readinessProbe = probe("exit 1", threshold: 1, context) }
        let pod = try await context.start(plan)
        try await context.reachLog("begun", of: "main", in: pod)
        try await context.watch(pod) { sight in
            try context.require(
                !sight.isRunning("main"), sent: "GET /status of a container whose readiness probe has never succeeded",
                got: sight.text, expected: "main waiting", consequence: "traffic goes to a program that is not ready")
        }
    }

    static let opens = ConformanceCheck(
        "probes.readiness-opens", contract: "2.5",
        because: "once the probe has succeeded the container is to be told as running"
    ) { context in
        let flag = file(context)
        let script =
            "rm -f \(flag); sleep 3; touch \(flag); trap 'rm -f \(flag); exit 0' TERM; "
            + "n=0; while [ $n -lt 900 ]; do sleep 1; n=$((n+1)); done"
        let pod = try await context.start(
            plan(script) { $0.readinessProbe = probe("test -e \(flag)", threshold: 3, context) })
        try await context.expect(.running, pod, of: "GET /status of a container that is ready after three seconds")
    }

    static let readinessSpares = ConformanceCheck(
        "probes.readiness-spares", contract: "6.2", needs: [.logs],
        because: "a container that is not ready is left alone; it is not ended for that"
    ) { context in
        let plan = plan("echo begun; sleep 8; exit 4") { $0.readinessProbe = probe("exit 1", threshold: 1, context) }
        let pod = try await context.start(plan)
        let sight = try await context.expect(
            .ended, pod, of: "GET /status of a container that is never ready and exits with 4")
        context.expect(
            sight.exitCode(of: "main") == 4, sent: "the same", got: sight.text,
            expected: "main ended with 4, by itself",
            consequence: sight.kubeletWords)
    }

    static let livenessEnds = ConformanceCheck(
        "probes.liveness-ends", contract: "6.2", because: "a container whose liveness probe fails is to be ended"
    ) { context in
        let pod = try await context.start(
            plan(Script.hold) { $0.livenessProbe = probe("exit 1", threshold: 2, context) })
        let sent = "GET /status of a container whose liveness probe fails, in a pod with restartPolicy Never"
        try await context.expect(.ended, pod, of: sent)
    }

    static let livenessSpares = ConformanceCheck(
        "probes.liveness-spares", contract: "6.2", because: "a container whose liveness probe succeeds is left alone"
    ) { context in
        let pod = try await context.start(
            plan(Script.hold) { $0.livenessProbe = probe("exit 0", threshold: 1, context) })
        try await context.reach(.running, pod)
        try await context.watch(pod) { sight in
            try context.require(
                sight.isRunning, sent: "GET /status of a container whose liveness probe succeeds", got: sight.text,
                expected: "main running", consequence: sight.kubeletWords)
        }
    }

    static let startup = ConformanceCheck(
        "probes.startup-first", contract: "6.2",
        because: "liveness is not looked at before the startup probe has succeeded"
    ) { context in
        let flag = file(context)
        let script = "rm -f \(flag); sleep 4; touch \(flag); sleep 8; rm -f \(flag); exit 5"
        let plan = plan(script) { container in
            container.startupProbe = probe("test -e \(flag)", threshold: 120, context)
            // Fails while the container starts up, and would end it.
            container.livenessProbe = probe("test -e \(flag)", threshold: 3, context)
        }
        let pod = try await context.start(plan)
        let milestone = Milestone("main runs", within: .start) { $0.isRunning("main") }
        try await context.expect(
            milestone, pod,
            of: "GET /status of a container that takes four seconds to start, with startup and liveness probes")
    }

    static let inside = ConformanceCheck(
        "probes.inside", contract: "6.2",
        because: "a probe looks at the container from inside: its environment, its files"
    ) { context in
        let plan = plan(Script.hold) { container in
            container.env = [EnvVar(name: "SEEN_BY_PROBES", value: "it's here")]
            container.readinessProbe = probe("[ \"$SEEN_BY_PROBES\" = \"it's here\" ]", threshold: 3, context)
        }
        let pod = try await context.start(plan)
        try await context.expect(.running, pod, of: "GET /status of a container whose probe reads a variable")
    }
}
