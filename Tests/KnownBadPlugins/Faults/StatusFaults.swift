import InterLinkAPI
import InterLinkConformance
import KubernetesModel
import LosslessJSON

@testable import InterLinkPluginKit

extension Fault {
    /// The shape of the answer to a status.
    static let statusFaults: [Fault] = [
        Fault(
            "another pod's status", "The SLURM plugin (contract W1): one answer is kept for all pods for a while.",
            caughtBy: ["core.answers.pod-that-was-asked"],
            checks: ["core.answers.pod-that-was-asked", "core.create.code"]
        ) { plugin in
            let last = Memory<(at: ContinuousClock.Instant, bytes: [UInt8])?>(nil)
            plugin.status = { request, good in
                let kept = last.change { $0 }
                if let kept, ContinuousClock.now - kept.at < .milliseconds(400) { return .json(kept.bytes) }
                let bytes = await good.answer(request).bytes()
                last.change { $0 = (.now, bytes) }
                return .json(bytes)
            }
        },
        Fault(
            "empty list of containers", "The SLURM plugin when no exit code can be read (contract 8.3 #3, trap T1).",
            caughtBy: ["core.answers.no-early-success", "core.answers.every-container"],
            alsoSeenBy: ["core.status.success", "core.answers.readable"],
            checks: ["core.answers.no-early-success", "core.answers.every-container", "core.create.code"]
        ) { plugin in
            plugin.status = { request, good in await good.answer(request).withStatuses { $0.containers = [] } }
        },
        Fault(
            "no status for a known pod", "A plugin that answers by query parameters, which nobody sends: always [].",
            caughtBy: ["core.status.running", "core.status.success", "core.status.exit-code"],
            checks: ["core.status.running", "core.status.success", "core.status.exit-code", "core.status.unknown-pod"]
        ) { plugin in plugin.status = { _, _ in .json(Array("[]".utf8)) } },
        Fault(
            "a container without a state", "The SLURM plugin for what it does not know (contract W14, trap T9).",
            caughtBy: ["core.answers.one-state"], checks: ["core.answers.one-state", "core.create.code"]
        ) { plugin in
            plugin.status = { request, good in
                await good.answer(request).withStatuses { status in
                    for index in status.containers.indices
                    where status.containers[index].state?.waiting != nil
                        || status.containers[index].state?.running != nil
                    { status.containers[index].state = ContainerState() }
                }
            }
        },
        Fault(
            "a container is left out", "A plugin that tells of the first container only (trap T3).",
            caughtBy: ["core.answers.every-container", "core.answers.no-early-success"],
            checks: ["core.answers.every-container", "core.answers.no-early-success", "core.status.exit-code"]
        ) { plugin in
            plugin.status = { request, good in
                await good.answer(request).withStatuses { $0.containers = Array($0.containers.prefix(1)) }
            }
        },
        Fault(
            "containers in another order", "A plugin that keeps containers in a map.",
            caughtBy: ["core.answers.every-container"],
            checks: ["core.answers.every-container", "core.status.exit-code", "core.status.exit-code-of-each"]
        ) { plugin in
            plugin.status = { request, good in
                await good.answer(request).withStatuses { $0.containers.reverse() }
            }
        },
        Fault(
            "a container with another name", "A plugin that tells the backend's names (trap T4).",
            caughtBy: ["core.answers.every-container"],
            checks: ["core.answers.every-container", "core.create.code"]
        ) { plugin in
            plugin.status = { request, good in
                await good.answer(request).withStatuses { status in
                    if status.containers.count > 1 { status.containers[1].name += "-1" }
                }
            }
        },
        Fault(
            "a time that is none",
            "A plugin in a language whose dates print otherwise: one bad field, and all is lost.",
            caughtBy: ["core.answers.readable"], checks: ["core.answers.readable", "core.create.code"]
        ) { plugin in
            plugin.status = { request, good in
                await good.answer(request).withStatuses { _ in }.withBytes { bytes in
                    let text = String(decoding: bytes, as: UTF8.self)
                    return Array(text.replacing("\"startedAt\":\"", with: "\"startedAt\":\"on ").utf8)
                }
            }
        },
        Fault(
            "a truncated answer", "A plugin behind a proxy that cuts bodies.",
            caughtBy: ["core.answers.readable"], checks: ["core.answers.readable", "core.create.code"]
        ) { plugin in
            plugin.status = { request, good in await good.answer(request).withBytes { Array($0.dropLast(2)) } }
        },
        Fault(
            "no times", "The SLURM plugin and others: an end without a time.",
            caughtBy: ["core.status.times"], checks: ["core.status.times", "core.status.exit-code"]
        ) { plugin in
            plugin.status = { request, good in
                await good.answer(request).withStatuses { status in
                    for index in status.containers.indices {
                        status.containers[index].state?.terminated?.finishedAt = nil
                    }
                }
            }
        },
        Fault(
            "no image", "Most plugins (contract 8.3 #7): what the Virtual Kubelet had filled in is erased.",
            caughtBy: ["core.status.image"], checks: ["core.status.image", "core.status.running"]
        ) { plugin in
            plugin.status = { request, good in
                await good.answer(request).withStatuses { status in
                    for index in status.containers.indices { status.containers[index].image = "" }
                }
            }
        },
        Fault(
            "an unknown pod is told to run", "The HTCondor plugin: an empty id asks for somebody's first job.",
            caughtBy: ["core.status.unknown-pod", "core.status.foreign-pod"],
            alsoSeenBy: ["races.status-before-create"],
            checks: ["core.status.*-pod", "races.status-before-create", "core.status.success"]
        ) { plugin in
            plugin.status = { request, good in await answerForUnknown(request, good, #"{"running":{}}"#) }
        },
        Fault(
            "an unknown pod is told to have succeeded", "The Docker plugin: what is not found has ended, with code 0.",
            caughtBy: ["core.status.unknown-pod", "core.status.foreign-pod", "races.status-before-create"],
            checks: ["core.status.*-pod", "races.status-before-create", "core.status.success"]
        ) { plugin in
            plugin.status = { request, good in await answerForUnknown(request, good, #"{"terminated":{"exitCode":0}}"#)
            }
        },
        Fault(
            "an unknown pod is an error", "A plugin that looks into a map without looking whether it is there.",
            caughtBy: ["core.status.unknown-pod", "core.status.foreign-pod"],
            alsoSeenBy: ["races.status-before-create", "core.answers.readable"],
            checks: ["core.status.*-pod", "core.status.success"]
        ) { plugin in
            plugin.status = { request, good in
                let answer = await good.answer(request)
                let bytes = await answer.bytes()
                return bytes == Array("[]".utf8) ? .text("KeyError", status: .internalServerError) : .json(bytes)
            }
        },
    ]

    /// The answer of the good plugin, or for a pod that it does not know one with that state of every container.
    private static func answerForUnknown(
        _ request: HTTPRequest, _ good: GoodPlugin, _ state: String
    ) async -> HTTPResponse {
        let bytes = await good.answer(request).bytes()
        guard bytes == Array("[]".utf8), let pod = request.pod else { return .json(bytes) }
        let containers = pod.containers.map { #"{"name":"\#($0)","state":\#(state)}"# }.joined(separator: ",")
        return .json(
            Array(
                #"[{"name":"\#(pod.name)","UID":"\#(pod.uid)","namespace":"\#(pod.namespace)","containers":[\#(containers)]}]"#
                    .utf8))
    }
}
