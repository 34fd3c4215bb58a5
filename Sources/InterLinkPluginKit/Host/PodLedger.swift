import InterLinkAPI
import KubernetesModel
import LosslessJSON

/// What the tracked pods count for in the quotas of their nodes, kept over restarts.
///
/// The amounts are written down only where a quota looks at them: a quota of pods alone needs none.
struct PodLedger: Sendable {
    private let admission: Admission
    private let kept: KeyValueStore?

    init(_ policy: PolicyConfiguration, runner: any HookRunner, store: Store) {
        admission = Admission(policy, runner: runner)
        let needsAmounts = policy.quotas.contains { !$0.maximum.isEmpty }
        kept = needsAmounts ? store.values(namespace: "host/totals") : nil
    }

    /// Admits a pod, and keeps what it counts for.
    func admit(_ request: CreateRequest) async throws -> Admission.Admitted {
        let admitted = try await admission.admit(request)
        if let kept, let uid = request.pod.metadata.uid {
            do throws(StoreError) {
                try await kept.set(JSON.encode(admitted.totals.amounts), for: uid)
            } catch {
                admission.release(uid)
                throw error
            }
        }
        return admitted
    }

    /// Enters the pods of an earlier process.
    func restore(_ pods: [TrackedPod]) async throws(StoreError) {
        for pod in pods where !pod.hasEnded {
            var totals = PodTotals()
            // Amounts that are missing count as nothing: the pod was admitted before there was a quota of them.
            if let text = try await kept?.value(of: pod.uid.text),
                let amounts = try? JSON.decode([String: Quantity].self, from: text)
            {
                totals = PodTotals(amounts)
            }
            admission.restore(pod.uid.text, node: pod.digest.node, totals)
        }
    }

    /// Gives back what a pod counted for, when it has ended or was never started.
    func release(_ uid: PodUID) {
        admission.release(uid.text)
        // What stays behind after a failure is passed over by `restore`, and written over by nobody else.
        if let kept { Task { try? await kept.remove(uid.text) } }
    }
}
