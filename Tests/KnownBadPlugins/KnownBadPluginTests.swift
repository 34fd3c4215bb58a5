import InterLinkConformance
import InterLinkHTTPClient
import TestSupport
import Testing

/// Each wrong plugin is caught by the checks that are meant for its fault, and by no accident of another.
@Suite struct KnownBadPluginTests {
    /// Most of the time of a run is waiting, so several run at once.
    private static let atOnce = 10

    @Test func eachIsCaught() async throws {
        let reference = try ReferenceProcess()
        try await reference.start()
        try await withThrowingTaskGroup(of: [String].self) { group in
            var waiting = Fault.all[...]
            for _ in 0..<Self.atOnce {
                if let fault = waiting.popFirst() { group.addTask { try await problems(with: fault, reference) } }
            }
            while let problems = try await group.next() {
                for problem in problems { Issue.record("\(problem)") }
                if let fault = waiting.popFirst() { group.addTask { try await self.problems(with: fault, reference) } }
            }
        }
    }

    /// What the suite has made of a bad plugin that it should not have.
    private func problems(with fault: Fault, _ reference: ReferenceProcess) async throws -> [String] {
        let report = try await BadPluginRun(fault, before: reference).report()
        var problems: [String] = []
        for check in report.checks where check.verdict != .skipped {
            let isMeant = fault.caughtBy.contains(check.id)
            let words =
                "\(fault): \(check.id) \(check.verdict.rawValue) \(check.why ?? "") \(check.findings.map(\.got))"
            switch check.verdict {
            case .failed where !isMeant && !fault.alsoSeenBy.contains(check.id):
                problems.append("\(words), by accident")
            case .blocked where !fault.alsoSeenBy.contains(check.id): problems.append(words)
            case .passed where isMeant: problems.append("\(words), though it is meant for it. \(fault.imitates)")
            case .passed, .failed, .blocked, .skipped: break
            }
        }
        if report.count(.passed) == 0 { problems.append("\(fault): nothing shows that the plugin is good otherwise") }
        return problems
    }

    @Test func thereAreManyAndEachIsItsOwn() {
        #expect(Fault.all.count >= 25)
        #expect(Set(Fault.all.map(\.name)).count == Fault.all.count)
        let checks = Set(Conformance.checks.map(\.id))
        for fault in Fault.all {
            #expect(!fault.caughtBy.isEmpty, "\(fault)")
            #expect(fault.caughtBy.union(fault.alsoSeenBy).isSubset(of: checks), "\(fault)")
        }
    }
}
