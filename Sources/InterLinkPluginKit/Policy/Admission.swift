package import InterLinkAPI
import InterLinkSystem
import KubernetesModel

/// Decides whether a pod may run at the site, and as whom.
///
/// ```swift
/// let admitted = try await admission.admit(request)     // throws PolicyRefusals
/// let chosen = try plugin.place(admitted.request)
/// let placement = admitted.identity?.applied(to: chosen) ?? chosen
/// // … and when the pod has ended, or could not be started:
/// admission.release(uid)
/// ```
package final class Admission: Sendable {
    /// What is known of a pod that was admitted.
    package struct Admitted: Sendable {
        /// The request as the hook changed it.
        package let request: CreateRequest
        /// As whom it runs, where a rule says so.
        package let identity: OwnerIdentity?
        /// What it counts for in the quota of its node; to be kept with the pod and given back by `restore`.
        package let totals: PodTotals
        /// A hook that failed, where the site lets pods pass all the same.
        package let warning: String?
    }

    private let rules: PodRules
    private let identities: IdentityMapping
    private let hook: PolicyHook?
    private let ledger: Lock<QuotaLedger>

    package init(_ configuration: PolicyConfiguration, runner: any HookRunner) {
        rules = PodRules(configuration: configuration)
        identities = IdentityMapping(configuration)
        hook = configuration.hook.map { PolicyHook(configuration: $0, runner: runner) }
        ledger = Lock(QuotaLedger(configuration.quotas))
    }

    /// Applies the rules, asks the hook, applies the rules to what it changed, and enters the pod in its node's quota.
    package func admit(_ request: CreateRequest) async throws(PolicyRefusals) -> Admitted {
        try check(request.pod)
        let (judged, warning) = try await askHook(request)
        let pod = judged.pod
        if pod != request.pod { try check(pod) }
        let totals = PodTotals(of: pod.spec)
        do throws(PolicyRefusal) {
            let identity = try identities.identity(of: pod)
            try ledger.withLock { (ledger) throws(PolicyRefusal) in
                try ledger.enter(pod.metadata.uid ?? "", node: pod.spec.nodeName ?? "", totals)
            }
            return Admitted(request: judged, identity: identity, totals: totals, warning: warning)
        } catch {
            throw PolicyRefusals([error])
        }
    }

    /// Enters a pod that was admitted by an earlier run of the program.
    package func restore(_ uid: String, node: String, _ totals: PodTotals) {
        ledger.withLock { $0.restore(uid, node: node, totals) }
    }

    /// Gives back what a pod counted for, when it has ended or was never started.
    package func release(_ uid: String) {
        ledger.withLock { $0.strike(uid) }
    }

    private func check(_ pod: Pod) throws(PolicyRefusals) {
        let refusals = rules.refusals(of: pod)
        if !refusals.isEmpty { throw PolicyRefusals(refusals) }
    }

    /// The request as the hook wants it, and what to tell of a hook that failed but need not be heard.
    private func askHook(_ request: CreateRequest) async throws(PolicyRefusals) -> (CreateRequest, warning: String?) {
        guard let hook else { return (request, nil) }
        let program = hook.configuration.program
        let verdict: PolicyHook.Verdict
        do {
            verdict = try await hook.judge(request)
        } catch {
            switch hook.configuration.onFailure {
            case .allow: return (request, "the policy hook \(program) was not heard: \(error)")
            case .refuse: throw Self.refusal("could not be judged: \(error)", by: program)
            }
        }
        switch verdict {
        case .pass(let changed): return (changed, nil)
        case .refused(let reason): throw Self.refusal("was refused: \(reason)", by: program)
        }
    }

    private static func refusal(_ found: String, by program: String) -> PolicyRefusals {
        PolicyRefusals([PolicyRefusal(.hook, "the pod", found: found, allowed: "what \(program) lets pass")])
    }
}
