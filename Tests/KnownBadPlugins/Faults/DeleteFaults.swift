import InterLinkAPI
import InterLinkConformance
import KubernetesModel
import LosslessJSON

@testable import InterLinkPluginKit

extension Fault {
    /// What a delete answers, and whether it ends anything.
    static let deleteFaults: [Fault] = [
        Fault(
            "404 for a repeated delete", "The HTCondor plugin (backends 1.1): its files are gone, so is the pod.",
            caughtBy: ["core.delete.repeated", "races.duplicate-deletes"],
            checks: ["core.delete.*", "races.duplicate-deletes", "core.create.code"]
        ) { plugin in
            let gone = Memory(Set<String>())
            plugin.delete = { request, good in
                let isFirst = gone.change { $0.insert(request.uid).inserted }
                return isFirst ? await good.answer(request) : .text("no such pod", status: .notFound)
            }
        },
        Fault(
            "500 for an unknown pod", "The SLURM plugin (contract W8): a nil dereference.",
            caughtBy: ["core.delete.unknown"],
            checks: ["core.delete.*", "core.create.code"]
        ) { plugin in
            let known = Memory(Set<String>())
            plugin.create = { request, good in
                known.change { _ = $0.insert(request.uid) }
                return await good.answer(request)
            }
            plugin.delete = { request, good in
                let isKnown = known.change { $0.contains(request.uid) }
                return isKnown ? await good.answer(request) : .text("nil", status: .internalServerError)
            }
        },
        Fault(
            "a delete stops nothing",
            "The Kubernetes plugin (backends, 170): errors are swallowed, \"deleted\" is answered.",
            caughtBy: ["core.delete.running", "core.answers.nothing-left"],
            checks: ["core.delete.running", "core.delete.repeated", "core.delete.unknown", "core.answers.nothing-left"]
        ) { plugin in
            plugin.delete = { _, _ in .text("deleted") }
        },
        Fault(
            "a delete ends the pod of the same name", "A plugin that knows pods by their names.",
            caughtBy: ["core.identity.name-reused"],
            checks: ["core.identity.name-reused", "core.delete.running", "core.delete.spares-others"]
        ) { plugin in
            let uids = Memory([String: String]())
            plugin.create = { request, good in
                guard let pod = request.pod else { return await good.answer(request) }
                let older = uids.change { uids in
                    defer { uids[pod.name] = pod.uid }
                    return uids[pod.name]
                }
                let answer = await good.answer(request)
                if older != nil, let create = try? WireBody.create(request.body) {
                    // The delete of the old pod was not done yet, and finds the new one.
                    let late = HTTPRequest(.post, "/delete", body: JSON.encode(create.pod))
                    Task {
                        try? await Task.sleep(for: .milliseconds(500))
                        _ = await good.answer(late)
                    }
                }
                return answer
            }
        },
        Fault(
            "a late create runs",
            "Any plugin without tombstones (contract 2.9): the delete came first, and is forgotten.",
            caughtBy: ["races.delete-before-create"],
            checks: ["races.delete-before-create", "core.delete.running", "core.delete.unknown"]
        ) { plugin in
            let known = Memory(Set<String>())
            plugin.create = { request, good in
                known.change { _ = $0.insert(request.uid) }
                return await good.answer(request)
            }
            plugin.delete = { request, good in
                let isKnown = known.change { $0.contains(request.uid) }
                return isKnown ? await good.answer(request) : .text("nothing to do")
            }
        },
        Fault(
            "a delete during the create is lost",
            "Any plugin that submits first, and notes the job afterwards (contract 2.9).",
            caughtBy: ["races.delete-during-create"],
            checks: ["races.delete-during-create", "core.delete.running", "core.delete.unknown"]
        ) { plugin in
            let underWay = Memory([String: Int]())
            plugin.create = { request, good in
                underWay.change { $0[request.uid, default: 0] += 1 }
                let answer = await good.answer(request)
                try? await Task.sleep(for: .milliseconds(500))
                underWay.change { $0[request.uid, default: 0] -= 1 }
                return answer
            }
            plugin.delete = { request, good in
                let isUnderWay = underWay.change { $0[request.uid] ?? 0 } > 0
                return isUnderWay ? .text("no job yet") : await good.answer(request)
            }
        },
    ]
}
