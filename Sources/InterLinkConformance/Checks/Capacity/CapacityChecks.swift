import InterLinkAPI
import KubernetesModel
import LosslessJSON

/// What the ping tells of the room there is.
enum CapacityChecks {
    static let all = [told, quantities, counts, total]

    private static let sent = "GET /status with the body []"

    private static func resources(_ context: CheckContext) async throws -> PingResources {
        let outcome = try await context.ping()
        guard outcome.isOK else { throw context.block("the ping was answered \(outcome.text)") }
        guard let resources = (try? GoReading.ping(outcome.body))?.resources else {
            throw context.block("the ping tells no resources: \(outcome.text)")
        }
        return resources
    }

    static let told = ConformanceCheck(
        "capacity.told", contract: "3.3", because: "resources in the ping replace what the node was configured with"
    ) { context in
        let outcome = try await context.ping()
        let answer = try? GoReading.ping(outcome.body)
        context.expect(
            outcome.isOK && (answer?.resources?.cpu != nil || answer?.resources?.memory != nil), sent: sent,
            got: outcome.text, expected: #"{"resources": {"cpu": "…", "memory": "…"}}"#)
    }

    static let quantities = ConformanceCheck(
        "capacity.quantities", contract: "3.3",
        because: "zero is not \"unknown\": it tells Kubernetes that nothing fits, and drains the node"
    ) { context in
        let resources = try await resources(context)
        for (name, text) in [("cpu", resources.cpu), ("memory", resources.memory), ("pods", resources.pods)] {
            guard let text, !text.isEmpty else { continue }
            let amount = Quantity(text)
            context.expect(
                amount.map { $0 > .zero } ?? false, sent: sent, got: "\(name) \(text.quoted)",
                expected: "a quantity above zero, or nothing",
                consequence: "no pod is scheduled to the node, or the update of the node is refused")
        }
    }

    static let counts = ConformanceCheck(
        "capacity.counts", contract: "3.3",
        because: "pods and accelerators are whole numbers; others are skipped without a word"
    ) { context in
        let resources = try await resources(context)
        var counts = (resources.accelerators ?? []).map { ($0.resourceType, $0.available ?? "") }
        if let pods = resources.pods { counts.append(("pods", pods)) }
        for (name, text) in counts where !text.isEmpty {
            let amount = Quantity(text)
            context.expect(
                amount.map { $0 >= .zero && $0.milliUnits % 1000 == 0 } ?? false, sent: sent,
                got: "\(name) \(text.quoted)", expected: "a whole number that is not negative")
            context.expect(!name.isEmpty, sent: sent, got: "an accelerator without a name", expected: "resourceType")
        }
    }

    static let total = ConformanceCheck(
        "capacity.total", contract: "3.3",
        because: "the scheduler subtracts what its pods ask for; a plugin that tells what is free counts them twice"
    ) { context in
        let before = try await resources(context)
        let pods = [try await context.start(PodPlan(Script.hold)), try await context.start(PodPlan(Script.hold))]
        for pod in pods { try await context.reach(.running, pod) }
        try await context.pause(context.allowances.quiet)
        let after = try await resources(context)
        for (name, one, two) in [("cpu", before.cpu, after.cpu), ("pods", before.pods, after.pods)] {
            guard let one = one.flatMap({ Quantity($0) }), let two = two.flatMap({ Quantity($0) }) else {
                continue
            }
            context.expect(
                two >= one, sent: sent + ", before and after two pods were started", got: "\(name) \(one), then \(two)",
                expected: "the same total", consequence: "the node seems fuller than it is")
        }
    }
}
