import InterLinkAPI
import InterLinkConformance
import KubernetesModel

@testable import InterLinkPluginKit

extension Fault {
    /// The answer that decides whether the node is Ready.
    static let pingFaults: [Fault] = [
        Fault(
            "ping answers 500", "The Python SDK and the HTCondor plugin: pods[0] of an empty list (contract 1.8 #10).",
            caughtBy: ["core.ping.empty-list"], alsoSeenBy: ["races.ping-during-creates"],
            checks: ["core.ping.*", "core.create.code"]
        ) { plugin in
            plugin.ping = { _, _ in .text("list index out of range", status: .internalServerError) }
        },
        Fault(
            "ping with numbers",
            "Everybody who writes 128 where \"128\" is meant: silently without effect (contract 3.3).",
            caughtBy: ["core.ping.readable"], checks: ["core.ping.*", "core.create.code"]
        ) { plugin in
            plugin.ping = { _, _ in .json(Array(#"{"status":"ok","resources":{"cpu":128,"memory":549755813888}}"#.utf8))
            }
        },
        Fault(
            "ping lists all pods", "A plugin that takes an empty list for all (contract 3.2).",
            caughtBy: ["core.ping.size"], checks: ["core.ping.*", "core.create.code"]
        ) { plugin in
            plugin.ping = { _, _ in
                let pod = #"{"name":"p","UID":"u","namespace":"n","containers":[]},"#
                return .json(Array("[\(String(repeating: pod, count: 2000)){}]".utf8))
            }
        },
        Fault(
            "ping fails while pods are created", "A plugin with one thread, whose queue is full.",
            caughtBy: ["races.ping-during-creates"],
            checks: ["races.ping-during-creates", "core.create.code"]
        ) { plugin in
            let underWay = Memory(0)
            plugin.create = { request, good in
                underWay.change { $0 += 1 }
                let answer = await good.answer(request)
                try? await Task.sleep(for: .milliseconds(300))
                underWay.change { $0 -= 1 }
                return answer
            }
            plugin.ping = { request, good in
                // The pings of the check come with the creates; those of others, long before or after.
                for _ in 0..<20 {
                    if underWay.change({ $0 }) > 2 { return .text("busy", status: .serviceUnavailable) }
                    try? await Task.sleep(for: .milliseconds(10))
                }
                return await good.answer(request)
            }
        },
    ]
}
