import FoundationEssentials
import InterLinkSystem
import KubernetesModel

/// All pods of a run, so that none is left behind.
final class PodRegister: Sendable {
    private let target: ConformanceTarget
    /// Every pod of the run has it in its name.
    let run: String
    private let pods: Lock<[LivePod]> = Lock([])

    init(target: ConformanceTarget) {
        self.target = target
        run = String(UUID().uuidString.lowercased().prefix(8))
    }

    /// A pod with a UID that was never used, by the name of its check.
    func make(_ plan: PodPlan, for check: String) -> LivePod {
        pods.withLock { pods in
            let metadata = ObjectMeta(
                annotations: target.annotations.merging(plan.annotations) { $1 },
                creationTimestamp: .now, generation: 1,
                labels: ["app.kubernetes.io/managed-by": "interlink-conformance", "interlink-conformance/run": run],
                name: plan.name ?? "interlink-conformance-\(run)-\(pods.count + 1)",
                namespace: plan.namespace ?? target.namespace, resourceVersion: "\(1000 + pods.count)",
                uid: UUID().uuidString.lowercased())
            var marked = metadata
            marked.annotations?["interlink-conformance/check"] = check
            let pod = LivePod(plan, CreateBody(plan, metadata: marked, target: target))
            pods.append(pod)
            return pod
        }
    }

    var all: [LivePod] { pods.withLock { $0 } }
}

extension Timestamp {
    /// The present second, as Kubernetes writes times.
    static var now: Timestamp { Timestamp(secondsSinceEpoch: Int64(Date().timeIntervalSince1970)) }
}
