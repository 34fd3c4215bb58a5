/// A pod is its UID; names are used again.
enum IdentityChecks {
    static let all = [sameName, nameReused, otherNamespace, longNames]

    static let sameName = ConformanceCheck(
        "core.identity.same-name", contract: "2.9",
        because: "a pod that is made anew has its old name while the old one is still going"
    ) { context in
        let first = try await context.start(PodPlan("exit 4"))
        let second = try await context.start(PodPlan("exit 5") { $0.name = first.name })
        try await expect(4, of: first, "the first of two pods with one name", context)
        try await expect(5, of: second, "the second of two pods with one name", context)
    }

    static let nameReused = ConformanceCheck(
        "core.identity.name-reused", contract: "2.8",
        because: "the delete of the old pod must not end the new one that has its name"
    ) { context in
        let first = try await context.start(PodPlan(Script.hold))
        try await context.reach(.running, first)
        try await context.delete(first)
        let second = try await context.start(PodPlan(Script.hold) { $0.name = first.name })
        try await context.expect(.running, second, of: "POST /delete, and POST /create of another pod of that name")
        try await context.watch(second) { sight in
            try context.require(
                sight.isRunning, sent: "GET /status of a pod that has the name of a deleted one", got: sight.text,
                expected: "main running", consequence: sight.kubeletWords)
        }
    }

    static let otherNamespace = ConformanceCheck(
        "core.identity.other-namespace", contract: "2.9", because: "two namespaces may have pods of the same name"
    ) { context in
        let first = try await context.start(PodPlan("exit 6"))
        let namespace = "\(context.options.target.namespace)-2"
        let second = try await context.start(
            PodPlan("exit 7") {
                $0.name = first.name
                $0.namespace = namespace
            })
        try await expect(6, of: first, "a pod", context)
        try await expect(7, of: second, "a pod of the same name in another namespace", context)
    }

    static let longNames = ConformanceCheck(
        "core.identity.long-names", contract: "1.4",
        because: "Kubernetes allows 253 characters with dots for a pod, and 63 for a container"
    ) { context in
        let label = String(repeating: "n", count: 49)
        let name =
            "interlink-conformance-\(context.register.run)." + Array(repeating: label, count: 4).joined(separator: ".")
        let container = "c" + String(repeating: "-0", count: 31)
        var plan = PodPlan(.script(container, "exit 8"))
        plan.name = name
        let pod = try await context.start(plan)
        let milestone = Milestone("the container has ended with 8", within: .start) { $0.exitCode(of: container) == 8 }
        try await context.expect(milestone, pod, of: "POST /create of a pod with names as long as they may be")
    }

    private static func expect(_ code: Int32, of pod: LivePod, _ what: String, _ context: CheckContext) async throws {
        let milestone = Milestone("main has ended with \(code)", within: .start) { $0.exitCode(of: "main") == code }
        try await context.expect(milestone, pod, of: "GET /status of \(what)")
    }
}
