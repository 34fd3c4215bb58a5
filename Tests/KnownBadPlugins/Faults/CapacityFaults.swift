import InterLinkConformance

@testable import InterLinkPluginKit

extension Fault {
    /// The room that the ping tells of.
    static let capacityFaults: [Fault] = [
        Fault(
            "zero for unknown", "A plugin whose parser has found nothing, and says so with a number (contract 3.3).",
            caughtBy: ["capacity.quantities"], checks: ["capacity.told", "capacity.quantities", "core.ping.*"],
            capabilities: [.capacity]
        ) { plugin in
            plugin.ping = { _, _ in .json(Array(#"{"resources":{"cpu":"0","memory":"64Gi","pods":"100"}}"#.utf8)) }
        },
        Fault(
            "free instead of total", "The SLURM plugin (contract 8.3 #41): running pods are counted twice.",
            caughtBy: ["capacity.total"], checks: ["capacity.total", "capacity.quantities", "core.ping.*"],
            capabilities: [.capacity]
        ) { plugin in
            let running = Memory(0)
            plugin.create = { request, good in
                running.change { $0 += 1 }
                return await good.answer(request)
            }
            plugin.ping = { _, _ in
                let free = 100 - running.change { $0 }
                return .json(Array(#"{"resources":{"cpu":"\#(free)","memory":"64Gi","pods":"100"}}"#.utf8))
            }
        },
    ]
}
