import InterLinkAPI
import InterLinkConformance
import KubernetesModel
import LosslessJSON

@testable import InterLinkPluginKit

extension Fault {
    /// What a container runs, and its variables.
    static let commandFaults: [Fault] = [
        Fault(
            "arguments are joined",
            "The Docker and HTCondor plugins (backends 1.1): words become one line for a shell.",
            caughtBy: ["core.command.exact-arguments"], checks: ["core.command.*", "core.status.exit-code"]
        ) { plugin in
            plugin.create = { request, good in
                await good.answer(
                    request.withContainers { container in
                        guard let args = container.args, args.count > 1 else { return }
                        container.args = args.flatMap { $0.split(separator: " ").map(String.init) }
                    })
            }
        },
        Fault(
            "a variable without a value is dropped", "Whoever takes the missing value for no variable (contract 1.4).",
            caughtBy: ["env.empty"], checks: ["env.empty", "env.exact", "env.lines"], capabilities: [.environment]
        ) { plugin in
            plugin.create = { request, good in
                await good.answer(request.withContainers { $0.env = $0.env?.filter { !($0.value ?? "").isEmpty } })
            }
        },
        Fault(
            "values are trimmed", "The HTCondor plugin (backends 1.1): unquoted values lose their blanks.",
            caughtBy: ["env.exact"], checks: ["env.exact", "env.empty"], capabilities: [.environment]
        ) { plugin in
            plugin.create = { request, good in
                await good.answer(
                    request.withContainers { container in
                        container.env = container.env?.map { variable in
                            var trimmed = variable
                            trimmed.value = variable.value?.split(separator: " ").joined(separator: " ")
                            return trimmed
                        }
                    })
            }
        },
        Fault(
            "odd names are dropped", "A plugin that exports its variables in a shell (contract 5.1).",
            caughtBy: ["env.odd-names"], checks: ["env.odd-names", "env.exact"], capabilities: [.environment]
        ) { plugin in
            plugin.create = { request, good in
                await good.answer(
                    request.withContainers { container in
                        container.env = container.env?.filter { variable in
                            variable.name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
                        }
                    })
            }
        },
    ]
}

extension HTTPRequest {
    /// The create with each container changed.
    fileprivate func withContainers(_ change: (inout Container) -> Void) -> HTTPRequest {
        guard var create = try? WireBody.create(body) else { return self }
        for index in create.pod.spec.containers.indices { change(&create.pod.spec.containers[index]) }
        var copy = self
        copy.body = JSON.encode(create)
        return copy
    }
}
