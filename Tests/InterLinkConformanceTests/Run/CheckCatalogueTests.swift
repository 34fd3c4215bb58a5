import Testing

@testable import InterLinkConformance

@Suite struct CheckCatalogueTests {
    @Test func idsAreUniqueAndBeginWithTheirCapability() {
        let checks = Conformance.checks
        #expect(Set(checks.map(\.id)).count == checks.count)
        for check in checks {
            #expect(check.id.hasPrefix(check.capability.rawValue + "."), "\(check.id)")
            #expect(!check.reason.isEmpty && !check.reason.hasSuffix("."), "\(check.id): \(check.reason)")
            #expect(check.contract.contains("."), "\(check.id): \(check.contract)")
        }
        #expect(Set(checks.map(\.capability)) == Set(Capability.allCases))
    }

    @Test func everyRuleIsTheBusinessOfOneCheck() {
        for rule in StandingRule.allCases {
            #expect(Conformance.checks.count { $0.rule == rule } == 1, "\(rule)")
        }
    }

    @Test func capabilitiesThatAreNotDeclaredAreSkippedWithTheReason() throws {
        var options = ConformanceOptions()
        options.capabilities = [.initContainers]
        let selection = try CheckSelection(options)
        #expect(Set(selection.wanted.map(\.capability)) == [.core, .races, .hostile, .initContainers])
        #expect(selection.skipped["logs.tail"] == "the plugin does not declare logs")
        #expect(selection.skipped["init.logs"] == "the plugin does not declare logs")
        #expect(selection.wanted.count + selection.skipped.count == Conformance.checks.count)
    }

    @Test func someChecksOnly() throws {
        var options = ConformanceOptions()
        options.only = ["core.*"]
        options.skip = ["core.ping.*", "core.*.repeated"]
        let wanted = try CheckSelection(options).wanted.map(\.id)
        #expect(wanted.contains("core.create.code"))
        #expect(!wanted.contains { $0.hasPrefix("core.ping") || $0.hasSuffix(".repeated") })
        #expect(wanted.allSatisfy { $0.hasPrefix("core.") })
    }

    @Test func anIDThatDoesNotExistIsAnError() {
        var options = ConformanceOptions()
        options.only = ["core.pong"]
        #expect(throws: ConformanceError.noCheck("core.pong")) { try CheckSelection(options) }
    }

    @Test func nothingCanBeStartedAgainWithoutACommand() {
        var options = ConformanceOptions()
        options.capabilities = [.restart]
        #expect(throws: ConformanceError.self) { try CheckSelection(options) }
    }

    @Test(arguments: [
        ("a.b", "a.b", true), ("a.b", "a.bc", false), ("a.*", "a.b", true), ("*", "a", true), ("*.b", "a.b", true),
        ("a*c", "abc", true), ("a*c", "ab", false), ("a*b*c", "axbxc", true), ("a*b*c", "acb", false),
        ("ab*ba", "aba", false),
    ])
    func patterns(_ pattern: String, _ id: String, _ matches: Bool) {
        #expect(IDPattern(pattern).matches(id) == matches)
    }
}
