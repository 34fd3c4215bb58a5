import KubernetesModel

/// Commands after the start and before the stop of a container, run in its own view.
enum HookChecks {
    static let all = [postStart, postStartFails, preStop]

    private static func file(_ context: CheckContext) -> String {
        "/tmp/interlink-conformance-\(context.register.run)-\(context.check)"
    }

    private static func hook(_ script: String, _ context: CheckContext) -> LifecycleHandler {
        LifecycleHandler(exec: ExecAction(command: context.options.target.shell + [script]))
    }

    static let postStart = ConformanceCheck(
        "hooks.post-start", contract: "6.2",
        because: "postStart runs beside the container, and what it writes is seen there"
    ) { context in
        let flag = file(context)
        let seconds = Int(context.allowances.start)
        let script =
            "n=0; while [ ! -e \(flag) ]; do n=$((n+1)); [ $n -gt \(seconds) ] && exit 9; sleep 1; done; "
            + "rm -f \(flag); exit 0"
        let container = Container.script("main", script).with {
            $0.lifecycle = ContainerLifecycle(postStart: hook("touch \(flag)", context))
        }
        let pod = try await context.start(PodPlan(container))
        try await context.expect(
            .succeeded, pod, of: "GET /status of a container that waits for what its postStart hook makes")
    }

    static let postStartFails = ConformanceCheck(
        "hooks.post-start-fails", contract: "6.2", because: "a container whose postStart hook fails is ended"
    ) { context in
        let container = Container.script("main", Script.hold).with {
            $0.lifecycle = ContainerLifecycle(postStart: hook("exit 3", context))
        }
        let pod = try await context.start(PodPlan(container))
        try await context.expect(.ended, pod, of: "GET /status of a container whose postStart hook exits with 3")
    }

    static let preStop = ConformanceCheck(
        "hooks.pre-stop", contract: "2.8", needs: [.logs],
        because: "preStop runs before SIGTERM, so that a program can be asked in its own way"
    ) { context in
        let flag = file(context)
        let script =
            "trap 'echo term; exit 0' TERM; echo begun; n=0; while [ $n -lt 900 ]; do sleep 1; n=$((n+1)); "
            + "[ -e \(flag) ] && { echo asked; rm -f \(flag); }; done"
        let container = Container.script("main", script).with {
            $0.lifecycle = ContainerLifecycle(preStop: hook("touch \(flag); sleep 4", context))
        }
        var plan = PodPlan(container)
        plan.grace = 60
        let (pod, log) = try await StopChecks.followed(plan, until: "begun\n", context)
        defer { log.stop() }
        try await context.delete(pod)
        let came = try await log.wait(60 + context.allowances.stop) { $0.text.contains("asked") || $0.ending != nil }
        context.expect(
            came && log.now.text.contains("asked"),
            sent: "GET /getLogs with Follow, then POST /delete of a container with a preStop hook", got: log.now.words,
            expected: "that the hook was heard before SIGTERM")
        try await DeleteChecks.expectGone(pod, context)
    }
}
