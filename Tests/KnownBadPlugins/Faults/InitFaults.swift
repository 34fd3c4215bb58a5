import InterLinkAPI
import InterLinkConformance
import KubernetesModel

@testable import InterLinkPluginKit

extension Fault {
    /// Init containers.
    static let initFaults: [Fault] = [
        Fault(
            "init containers are never reported", "The SLURM plugin (contract W13).",
            caughtBy: ["init.reported"], alsoSeenBy: ["init.order"],
            checks: ["init.reported", "init.order", "core.status.success"], capabilities: [.initContainers]
        ) { plugin in
            plugin.status = { request, good in await good.answer(request).withStatuses { $0.initContainers = nil } }
        },
        Fault(
            "after a failed init others wait",
            "The obvious thing to do, and the pod is Pending for ever (traps T6, T7).",
            caughtBy: ["init.failure-ends-pod"], alsoSeenBy: ["init.failure-before-others"],
            checks: ["init.failure-ends-pod", "init.reported", "core.status.success"], capabilities: [.initContainers]
        ) { plugin in
            plugin.status = { request, good in
                await good.answer(request).withStatuses { status in
                    let codes = (status.initContainers ?? []).compactMap { $0.state?.terminated?.exitCode }
                    guard codes.contains(where: { $0 != 0 }) else { return }
                    for index in status.containers.indices {
                        status.containers[index].state = ContainerState(
                            waiting: ContainerStateWaiting(reason: "PodInitializing"))
                    }
                }
            }
        },
        Fault(
            "a failed init and no containers", "A plugin that tells of what has run (trap T2): it crashes the node.",
            caughtBy: ["core.answers.survived", "core.answers.every-container"], alsoSeenBy: ["init.failure-ends-pod"],
            checks: [
                "init.failure-ends-pod", "core.answers.survived", "core.answers.every-container", "init.reported",
            ], capabilities: [.initContainers]
        ) { plugin in
            plugin.status = { request, good in
                await good.answer(request).withStatuses { status in
                    let codes = (status.initContainers ?? []).compactMap { $0.state?.terminated?.exitCode }
                    if codes.contains(where: { $0 != 0 }) { status.containers = [] }
                }
            }
        },
    ]
}
