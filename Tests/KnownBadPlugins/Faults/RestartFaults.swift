import InterLinkAPI
import InterLinkConformance
import KubernetesModel

@testable import InterLinkPluginKit

extension Fault {
    /// What is forgotten with the process.
    static let restartFaults: [Fault] = [
        Fault(
            "a restart forgets everything",
            "The Docker plugin and others that keep their pods in a map of the process.",
            caughtBy: ["restart.running", "restart.finished"],
            checks: ["restart.running", "restart.finished", "core.status.success"], capabilities: [.restart]
        ) { plugin in
            let forgotten = Memory((created: Set<String>(), lost: Set<String>()))
            plugin.create = { request, good in
                forgotten.change { _ = $0.created.insert(request.uid) }
                return await good.answer(request)
            }
            plugin.status = { request, good in
                let isLost = forgotten.change { $0.lost.contains(request.uid) }
                return isLost ? .json(Array("[]".utf8)) : await good.answer(request)
            }
            plugin.restart = { forgotten.change { $0.lost = $0.created } }
        },
        Fault(
            "job ids change with a restart", "A plugin that numbers its jobs, and begins anew.",
            caughtBy: ["restart.repeated-create"],
            checks: ["restart.repeated-create", "restart.running", "core.create.repeated"], capabilities: [.restart]
        ) { plugin in
            let life = Memory(1)
            plugin.create = { request, good in
                let answer = await good.answer(request)
                guard answer.status.code == 200 else { return answer }
                let number = life.change { $0 }
                return answer.withText(#"{"PodUID":"\#(request.uid)","PodJID":"\#(number)-\#(request.uid)"}"#)
            }
            plugin.restart = { life.change { $0 += 1 } }
        },
        Fault(
            "a restart forgets what was deleted", "A plugin whose tombstones are in memory (contract 2.9).",
            caughtBy: ["restart.deleted-stays-deleted"],
            checks: ["restart.deleted-stays-deleted", "races.delete-before-create", "core.delete.running"],
            capabilities: [.restart]
        ) { plugin in
            let pods = Memory((created: Set<String>(), deleted: Set<String>()))
            plugin.create = { request, good in
                let isDeleted = pods.change { pods in
                    if pods.deleted.contains(request.uid) { return true }
                    pods.created.insert(request.uid)
                    return false
                }
                return isDeleted ? .text("deleted", status: .conflict) : await good.answer(request)
            }
            plugin.delete = { request, good in
                let isKnown = pods.change { pods in
                    pods.deleted.insert(request.uid)
                    return pods.created.contains(request.uid)
                }
                return isKnown ? await good.answer(request) : .text("never seen")
            }
            plugin.restart = { pods.change { $0.deleted = [] } }
        },
    ]
}
