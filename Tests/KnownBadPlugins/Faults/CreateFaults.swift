import InterLinkAPI
import InterLinkConformance
import KubernetesModel

@testable import InterLinkPluginKit

extension Fault {
    /// The answer to a create, and what a repeated one does.
    static let createFaults: [Fault] = [
        Fault(
            "create answers 201", "The HTCondor plugin (backends 1.1): created, says HTTP; failed, says interLink.",
            caughtBy: ["core.create.code"], checks: ["core.create.*", "core.status.success"]
        ) { plugin in
            plugin.create = { request, good in
                let answer = await good.answer(request)
                return answer.status.code == 200 ? answer.with(status: HTTPStatus(201, "Created")) : answer
            }
        },
        Fault(
            "create answers a list", "The guide says so (contract 1.8 #2), and the Autolauncher does it.",
            caughtBy: ["core.create.object"],
            alsoSeenBy: [
                "core.create.uid", "core.create.job-id", "core.create.repeated", "core.create.repeated-after-end",
            ],
            checks: ["core.create.*", "core.status.success"]
        ) { plugin in
            plugin.create = { request, good in
                await good.answer(request).withBytes { Array("[".utf8) + $0 + Array("]".utf8) }
            }
        },
        Fault(
            "create answers without ids", "A plugin written by OpenAPI's pod_uid and pod_jid (contract 1.8 #2).",
            caughtBy: ["core.create.uid", "core.create.job-id"], checks: ["core.create.*", "core.status.success"]
        ) { plugin in
            plugin.create = { request, good in
                let answer = await good.answer(request)
                guard answer.status.code == 200 else { return answer }
                return answer.withText(#"{"pod_uid":"\#(request.uid)","pod_jid":"1"}"#)
            }
        },
        Fault(
            "create answers nothing", "The SLURM plugin when its script cannot be written (contract 8.3 #8).",
            caughtBy: ["core.create.object"],
            alsoSeenBy: [
                "core.create.uid", "core.create.job-id", "core.create.repeated", "core.create.repeated-after-end",
            ],
            checks: ["core.create.*", "core.status.success"]
        ) { plugin in plugin.create = { request, good in await good.answer(request).withText("") } },
        Fault(
            "the job id changes", "A plugin that makes an id for each answer (contract 2.9).",
            caughtBy: ["core.create.repeated", "core.create.repeated-after-end", "races.duplicate-creates"],
            checks: ["core.create.*", "races.duplicate-creates", "core.status.success"]
        ) { plugin in
            let count = Memory(0)
            plugin.create = { request, good in
                let answer = await good.answer(request)
                guard answer.status.code == 200 else { return answer }
                let number = count.change { count in
                    count += 1
                    return count
                }
                return answer.withText(#"{"PodUID":"\#(request.uid)","PodJID":"job-\#(number)"}"#)
            }
        },
        Fault(
            "a repeated create is refused", "The Kubernetes plugin: 409, and its rollback deletes the running pod.",
            caughtBy: ["core.create.repeated", "core.create.repeated-after-end", "races.duplicate-creates"],
            alsoSeenBy: ["races.starts-once"],
            checks: ["core.create.*", "races.duplicate-creates", "core.status.success"]
        ) { plugin in
            let seen = Memory(Set<String>())
            plugin.create = { request, good in
                guard seen.change({ $0.insert(request.uid).inserted }) else {
                    return .text("the pod exists", status: .conflict)
                }
                return await good.answer(request)
            }
        },
        Fault(
            "a second job for a repeated create", "The SLURM plugin (contract W12): one pod, two jobs, one id.",
            caughtBy: [
                "core.create.repeated", "core.create.repeated-after-end", "races.duplicate-creates",
                "races.starts-once",
            ],
            checks: ["core.create.*", "races.duplicate-creates", "races.starts-once", "core.status.success"],
            capabilities: [.logs]
        ) { plugin in SecondJob.spoil(&plugin, .always) },
        Fault(
            "a second job for concurrent creates",
            "Any plugin that looks whether the pod is there, and then submits (contract 2.9).",
            caughtBy: ["races.duplicate-creates", "races.starts-once"],
            checks: ["core.create.*", "races.duplicate-creates", "races.starts-once", "core.status.success"],
            capabilities: [.logs]
        ) { plugin in SecondJob.spoil(&plugin, .concurrently) },
        Fault(
            "unknown members are refused", "A strict parser, as FastAPI models with extra fields forbidden.",
            caughtBy: ["core.create.unknown-members"], checks: ["core.create.*", "core.status.success"]
        ) { plugin in
            plugin.create = { request, good in
                let isStrange = String(decoding: request.body, as: UTF8.self).contains("aMemberOfTomorrow")
                return isStrange ? .text("extra fields", status: .unprocessableContent) : await good.answer(request)
            }
        },
    ]
}
