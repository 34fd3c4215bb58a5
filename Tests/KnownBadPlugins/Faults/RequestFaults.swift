import InterLinkAPI
import InterLinkConformance
import KubernetesModel

@testable import InterLinkPluginKit

extension Fault {
    /// How requests are read.
    static let requestFaults: [Fault] = [
        Fault(
            "the body of a GET is ignored", "The Autolauncher, and whoever trusts a framework (contract 1.8 #7).",
            caughtBy: ["core.status.running", "core.status.success"],
            checks: ["core.status.running", "core.status.success", "core.ping.empty-list", "core.create.code"]
        ) { plugin in
            plugin.status = { request, good in
                var empty = request
                empty.body = Array("[]".utf8)
                return await good.answer(empty)
            }
        },
        Fault(
            "any UID is taken", "The SLURM plugin (contract 8.3 #18): a UID is a path, and is removed as one.",
            caughtBy: ["hostile.uid-as-path"], checks: ["hostile.uid-as-path", "hostile.no-json", "core.create.code"]
        ) { plugin in
            plugin.create = { request, good in
                let answer = await good.answer(request)
                let isHostile = request.uid.contains { !($0.isHexDigit || $0 == "-") }
                return isHostile ? HTTPResponse(body: .bytes(Array(#"{"PodUID":"x","PodJID":"x"}"#.utf8))) : answer
            }
        },
        Fault(
            "a create takes a list", "A plugin written by the guide (contract 1.8 #1): the first pod counts.",
            caughtBy: ["hostile.create-list"], checks: ["hostile.create-list", "hostile.no-json", "core.create.code"]
        ) { plugin in
            plugin.create = { request, good in
                let isList = request.body.first == UInt8(ascii: "[")
                return isList ? .json(Array(#"[{"PodUID":"x","PodJID":"x"}]"#.utf8)) : await good.answer(request)
            }
        },
        Fault(
            "nonsense is answered with 200", "A plugin that catches everything, and says that all is well.",
            caughtBy: ["hostile.no-json", "hostile.wrong-types"],
            alsoSeenBy: ["hostile.create-list", "hostile.create-without-uid", "hostile.deep", "hostile.uid-as-path"],
            checks: ["hostile.no-json", "hostile.wrong-types", "core.create.code"]
        ) { plugin in
            plugin.create = { request, good in
                let answer = await good.answer(request)
                return answer.status.code == 400 ? .text("ok") : answer
            }
        },
    ]
}
