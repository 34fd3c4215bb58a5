import InterLinkConformance
import InterLinkHTTPClient
import Testing

/// Each wrong plugin is caught by the checks that are meant for its fault, and by no accident of another.
@Suite struct KnownBadPluginTests {
    @Test(arguments: Fault.all) func isCaught(fault: Fault) async throws {
        let report = try await BadPluginRun(fault).report()
        let failed = Set(report.checks.filter { $0.verdict == .failed }.map(\.id))
        let blocked = Set(report.checks.filter { $0.verdict == .blocked }.map(\.id))
        let missed = fault.caughtBy.subtracting(failed)
        #expect(missed.isEmpty, "\(fault.imitates) Not seen.")
        let strange = failed.union(blocked).subtracting(fault.caughtBy).subtracting(fault.alsoSeenBy)
        for check in report.checks where strange.contains(check.id) {
            Issue.record("\(check.id) \(check.verdict): \(check.why ?? "") \(check.findings.map(\.got))")
        }
        #expect(report.count(.passed) > 0, "nothing shows that the plugin is good otherwise")
    }

    @Test func thereAreManyAndEachIsItsOwn() {
        #expect(Fault.all.count >= 25)
        #expect(Set(Fault.all.map(\.name)).count == Fault.all.count)
        let checks = Set(Conformance.checks.map(\.id))
        for fault in Fault.all { #expect(fault.caughtBy.union(fault.alsoSeenBy).isSubset(of: checks), "\(fault)") }
    }
}
