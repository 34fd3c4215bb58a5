import InterLinkAPI
import InterLinkConformance
import KubernetesModel

@testable import InterLinkPluginKit

extension Fault {
    /// Logs that are followed.
    static let followFaults: [Fault] = [
        follow(
            "a follow that never ends", "A plugin that looks for more for ever, whatever became of the container.",
            caughtBy: ["logs.follow-ends", "logs.follow-of-ended"], alsoSeenBy: ["logs.follow-with-tail"],
            checks: ["logs.follow", "logs.follow-ends", "logs.follow-of-ended", "logs.whole"]
        ) { answer in
            guard case .stream(let write) = answer.body else { return answer }
            var endless = answer
            endless.body = .stream { writer in
                try await write(writer)
                try await Task.sleep(for: .seconds(3600))
            }
            return endless
        },
        follow(
            "a follow that ends at once", "The Kubernetes plugin (backends, 111): follow is forced to false.",
            caughtBy: ["logs.follow", "logs.follow-ends"], alsoSeenBy: ["logs.follow-with-tail"],
            checks: ["logs.follow", "logs.follow-ends", "logs.follow-of-ended", "logs.whole"], drops: true
        ) { $0 },
        follow(
            "a follow that comes at the end", "A plugin, or a proxy before it, that collects the answer first.",
            caughtBy: ["logs.follow"],
            checks: ["logs.follow", "logs.follow-ends", "logs.follow-of-ended", "logs.whole"]
        ) { answer in await answer.withBytes { $0 } },
        follow(
            "status words in a followed log", "The SLURM plugin (contract 8.3 #35).",
            caughtBy: ["logs.follow-ends", "logs.follow-of-ended"], alsoSeenBy: ["logs.follow-with-tail"],
            checks: ["logs.follow", "logs.follow-ends", "logs.follow-of-ended", "logs.whole"]
        ) { answer in
            guard case .stream(let write) = answer.body else { return answer }
            var wordy = answer
            wordy.body = .stream { writer in
                try await write(writer)
                try await writer.write(Array("The container has finished.\n".utf8))
            }
            return wordy
        },
    ]

    /// A fault that shows in followed logs alone.
    private static func follow(
        _ name: String, _ imitates: String, caughtBy: Set<String>, alsoSeenBy: Set<String> = [], checks: [String],
        drops: Bool = false, _ change: @escaping @Sendable (HTTPResponse) async -> HTTPResponse
    ) -> Fault {
        Fault(
            name, imitates, caughtBy: caughtBy, alsoSeenBy: alsoSeenBy, checks: checks, capabilities: [.logs]
        ) { plugin in
            plugin.logs = { request, good in
                guard (try? WireBody.logs(request.body))?.options?.wantsFollow == true else {
                    return await good.answer(request)
                }
                return await change(
                    await good.answer(drops ? request.withLogOptions { $0.follow = false } : request))
            }
        }
    }
}
