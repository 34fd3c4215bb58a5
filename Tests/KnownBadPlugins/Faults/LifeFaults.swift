import InterLinkAPI
import InterLinkConformance
import KubernetesModel

@testable import InterLinkPluginKit

extension Fault {
    /// What is told of a pod's life.
    static let lifeFaults: [Fault] = [
        Fault(
            "the exit code is always 0", "The HTCondor, UNICORE and Docker plugins, each for its own reason.",
            caughtBy: ["core.status.exit-code", "core.status.exit-code-of-each"],
            checks: ["core.status.exit-code", "core.status.exit-code-of-each", "core.status.success"]
        ) { plugin in
            plugin.status = { request, good in
                await good.answer(request).withContainers { $0.state?.terminated?.exitCode = 0 }
            }
        },
        Fault(
            "an end is taken back", "A scheduler that runs a job again, and a plugin that believes it.",
            caughtBy: ["core.status.end-is-final"], checks: ["core.status.end-is-final", "core.status.success"]
        ) { plugin in
            let told = Memory([String: Int]())
            plugin.status = { request, good in
                await good.answer(request).withStatuses { status in
                    guard status.containers.allSatisfy({ $0.state?.terminated != nil }) else { return }
                    let times = told.change { told in
                        told[status.uid, default: 0] += 1
                        return told[status.uid] ?? 0
                    }
                    guard times > 2 else { return }
                    for index in status.containers.indices {
                        status.containers[index].state = ContainerState(running: ContainerStateRunning())
                    }
                }
            }
        },
        Fault(
            "the end of one is the end of all", "The HTCondor plugin (backends 1.1): one state for all containers.",
            caughtBy: ["core.status.one-ends-early", "core.status.exit-code-of-each"],
            checks: ["core.status.one-ends-early", "core.status.exit-code-of-each", "core.status.exit-code"]
        ) { plugin in
            plugin.status = { request, good in
                await good.answer(request).withStatuses { status in
                    let states = status.containers.map(\.state)
                    guard let end = states.first(where: { $0?.terminated != nil }) else { return }
                    for index in status.containers.indices { status.containers[index].state = end }
                }
            }
        },
        Fault(
            "succeeded before all have ended", "A plugin that tells of what has ended, and leaves out what runs.",
            caughtBy: ["core.answers.no-early-success", "core.answers.every-container"],
            alsoSeenBy: ["core.status.one-ends-early", "core.status.exit-code-of-each", "core.answers.survived"],
            checks: ["core.answers.no-early-success", "core.answers.every-container", "core.status.exit-code"]
        ) { plugin in
            plugin.status = { request, good in
                await good.answer(request).withStatuses { status in
                    let ended = status.containers.filter { $0.state?.terminated != nil }
                    if !ended.isEmpty { status.containers = ended }
                }
            }
        },
        Fault(
            "running, then waiting", "The SLURM plugin when a probe fails once (contract 8.3 #6).",
            caughtBy: ["core.answers.no-way-back"],
            alsoSeenBy: ["core.status.running"],
            checks: ["core.answers.no-way-back", "core.status.success", "core.status.exit-code"]
        ) { plugin in
            let asked = Memory(0)
            plugin.status = { request, good in
                let number = asked.change { asked in
                    asked += 1
                    return asked
                }
                let answer = await good.answer(request)
                guard number % 3 == 0 else { return answer }
                return await answer.withContainers { container in
                    guard container.state?.running != nil else { return }
                    container.state = ContainerState(waiting: ContainerStateWaiting(reason: "ProbeFailed"))
                }
            }
        },
        Fault(
            "the same name is the same pod",
            "A plugin that knows pods by their names (the Kubernetes plugin, line 755).",
            caughtBy: ["core.identity.same-name"],
            checks: ["core.identity.same-name", "core.identity.long-names", "core.status.exit-code"]
        ) { plugin in
            let uids = Memory([String: String]())
            plugin.status = { request, good in
                guard let pod = request.pod else { return await good.answer(request) }
                let first = uids.change { uids in
                    uids[pod.name] = uids[pod.name] ?? pod.uid
                    return uids[pod.name] ?? pod.uid
                }
                let answer = await good.answer(request.replacing(pod.uid, with: first))
                return await answer.withBytes {
                    Array(String(decoding: $0, as: UTF8.self).replacing(first, with: pod.uid).utf8)
                }
            }
        },
    ]
}

extension HTTPResponse {
    /// The answer to a status with each container changed.
    func withContainers(_ change: @Sendable (inout ContainerStatus) -> Void) async -> HTTPResponse {
        await withStatuses { status in
            for index in status.containers.indices { change(&status.containers[index]) }
        }
    }
}
