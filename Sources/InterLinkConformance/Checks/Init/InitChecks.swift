import InterLinkAPI
import KubernetesModel

/// Init containers: told by name, in order, one after the other.
enum InitChecks {
    static let all = [reported, order, waits, exitCodes, startsWaiting]

    private static func plan(_ scripts: String..., main: String = "exit 0") -> PodPlan {
        var plan = PodPlan(main)
        plan.inits = scripts.enumerated().map { .script("init-\($0.offset + 1)", $0.element) }
        return plan
    }

    static let reported = ConformanceCheck(
        "init.reported", contract: "2.7",
        because: "inits that are not told leave the pod Pending or failing for reasons that nobody can see"
    ) { context in
        let pod = try await context.start(plan("sleep 1", "sleep 1"))
        let sent = "GET /status of a pod with two init containers"
        let sight = try await context.expect(.ended, pod, of: sent)
        let names = sight.answer?.initContainers?.map(\.name) ?? []
        context.expect(
            names == ["init-1", "init-2"], sent: sent, got: sight.text,
            expected: "init-1 and init-2, by name and in order",
            consequence: sight.kubeletWords)
        context.expect(
            sight.phase == .succeeded, sent: sent, got: sight.text, expected: "a pod that has succeeded",
            consequence: sight.kubeletWords)
    }

    static let order = ConformanceCheck(
        "init.order", contract: "6.2", because: "each init container needs what the one before it has done"
    ) { context in
        let pod = try await context.start(plan("sleep 2", "sleep 2", "sleep 2", main: Script.hold))
        let names = ["init-1", "init-2", "init-3", "main"]
        let milestone = Milestone("main runs", within: .start) { sight in
            sight.isRunning("main") || Self.disorder(sight, names) != nil
        }
        let sent = "GET /status of a pod with three init containers"
        let sight = try await context.expect(milestone, pod, of: sent, extra: 6)
        if let what = disorder(sight, names) {
            context.expect(
                false, sent: sent, got: "\(what): \(sight.text)", expected: "one after the other, in their order",
                consequence: sight.kubeletWords)
        }
    }

    /// Something goes on although what stands before it has not ended well.
    private static func disorder(_ sight: PodSight, _ names: [String]) -> String? {
        for (before, after) in zip(names, names.dropFirst()) {
            let hasBegun = sight.isRunning(after) || sight.exitCode(of: after) != nil
            if hasBegun, sight.status(of: before) != nil, sight.exitCode(of: before) != 0 {
                return "\(after) has begun before the end of \(before)"
            }
        }
        return nil
    }

    static let waits = ConformanceCheck(
        "init.pod-waits", contract: "2.6", because: "while an init container runs, the others have not begun"
    ) { context in
        let pod = try await context.start(plan(Script.hold))
        let milestone = Milestone("init-1 runs and main waits", within: .start) {
            $0.isRunning("init-1") && $0.status(of: "main")?.state?.waiting != nil
        }
        let sent = "GET /status of a pod whose init container goes on"
        try await context.expect(milestone, pod, of: sent)
        try await context.watch(pod) { sight in
            try context.require(
                sight.phase == .pending, sent: sent, got: sight.text, expected: "a pending pod",
                consequence: sight.kubeletWords)
        }
    }

    static let exitCodes = ConformanceCheck(
        "init.exit-code", contract: "2.6", because: "the code of the init container that failed is what users are shown"
    ) { context in
        let pod = try await context.start(plan("exit 0", "exit 7", "exit 0"))
        let milestone = Milestone("init-2 has ended with 7", within: .start) { $0.exitCode(of: "init-2") == 7 }
        let sight = try await context.expect(
            milestone, pod, of: "GET /status of a pod whose second init container exits with 7")
        context.expect(
            sight.exitCode(of: "init-1") == 0, sent: "the same", got: sight.text, expected: "init-1 ended with 0",
            consequence: sight.kubeletWords)
    }

    static let startsWaiting = ConformanceCheck(
        "init.first-answer", contract: "2.7",
        because: "a first answer with a later init container ended and the first not crashes the Virtual Kubelet; with "
            + "all ended it gives the first the code of the second, for ever"
    ) { context in
        let pod = try await context.start(plan("sleep 3", "sleep 1", main: "exit 0"))
        let milestone = Milestone("init containers are told", within: .start) {
            $0.answer?.initContainers?.isEmpty == false
        }
        let sent = "GET /status right after POST /create"
        let sight = try await context.expect(milestone, pod, of: sent)
        let later = sight.status(of: "init-2")
        context.expect(
            later?.state?.terminated == nil || sight.exitCode(of: "init-1") != nil, sent: sent, got: sight.text,
            expected: "no end of init-2 before that of init-1", consequence: sight.kubeletWords)
    }
}
