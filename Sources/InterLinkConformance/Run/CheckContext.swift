import InterLinkHTTPClient
import KubernetesModel

/// What a check works with: pods, calls, and a place to say what is wrong.
///
/// Calls that only lead to what a check is about take whatever another check judges: a create that was answered 201 has
/// created a pod. Where they lead nowhere, the check is *blocked*, not failed.
struct CheckContext: Sendable {
    let check: String
    let options: ConformanceOptions
    let client: InterLinkClient
    let register: PodRegister
    let rules: RuleBook
    let record: CheckRecord

    var allowances: ConformanceOptions.Allowances { options.allowances }

    func declares(_ capability: Capability) -> Bool { options.tested.contains(capability) }

    /// A pod that nothing was said of yet.
    func pod(_ plan: PodPlan) -> LivePod {
        let pod = register.make(plan, for: check)
        record.add(pod)
        return pod
    }

    /// Says that something is wrong, and goes on.
    func expect(
        _ isRight: Bool, sent: @autoclosure () -> String, got: @autoclosure () -> String,
        expected: @autoclosure () -> String, consequence: @autoclosure () -> String? = nil
    ) {
        if !isRight {
            record.add(Finding(sent: sent(), got: got(), expected: expected(), consequence: consequence()))
        }
    }

    /// Says that something is wrong, and ends the check.
    func require(
        _ isRight: Bool, sent: @autoclosure () -> String, got: @autoclosure () -> String,
        expected: @autoclosure () -> String, consequence: @autoclosure () -> String? = nil
    ) throws(CheckStop) {
        if isRight { return }
        record.add(Finding(sent: sent(), got: got(), expected: expected(), consequence: consequence()))
        throw .found
    }

    /// Ends the check without a verdict.
    func block(_ why: String) -> CheckStop { .blocked(why) }

    func pause(_ seconds: Double) async throws { try await Task.sleep(for: .seconds(seconds)) }
}
