import KubernetesModel
import Testing

@testable import InterLinkPluginKit

@Suite struct QuotaLedgerTests {
    private func ledger() -> QuotaLedger {
        var cms = QuotaRule()
        cms.node = "vk-cms"
        cms.pods = 2
        cms.maximum = ["cpu": "10"]
        var others = QuotaRule()
        others.pods = 1
        return QuotaLedger([cms, others])
    }

    private let four = PodTotals(["cpu": "4", "memory": "1Gi"])

    @Test func podsOfANodeAreCountedTogether() throws {
        var ledger = ledger()
        try ledger.enter("a", node: "vk-cms", four)
        try ledger.enter("b", node: "vk-cms", four)
        let refusal = #expect(throws: PolicyRefusal.self) { try ledger.enter("c", node: "vk-cms", four) }
        #expect(refusal?.description == "policy.quotas: node vk-cms has 2 pods; allowed: at most 2 at a time")
        ledger.strike("a")
        try ledger.enter("c", node: "vk-cms", four)
    }

    @Test func amountsAreSummed() throws {
        var ledger = ledger()
        try ledger.enter("a", node: "vk-cms", PodTotals(["cpu": "7"]))
        let refusal = #expect(throws: PolicyRefusal.self) { try ledger.enter("b", node: "vk-cms", four) }
        #expect(
            refusal?.description == "policy.quotas: node vk-cms uses 7 of cpu and would use 4 more; allowed: at most 10"
        )
        try ledger.enter("b", node: "vk-cms", PodTotals(["cpu": "3"]))
    }

    @Test func nodesAreApartAndTheFirstRuleCounts() throws {
        var ledger = ledger()
        try ledger.enter("a", node: "vk-cms", four)
        try ledger.enter("b", node: "vk-atlas", PodTotals(["cpu": "1000"]))
        #expect(throws: PolicyRefusal.self) { try ledger.enter("c", node: "vk-atlas", four) }
        try ledger.enter("c", node: "vk-other", four)
    }

    @Test func theSamePodCountsOnce() throws {
        var ledger = ledger()
        for _ in 0..<5 { try ledger.enter("a", node: "vk-cms", four) }
        try ledger.enter("b", node: "vk-cms", four)
        for _ in 0..<5 { ledger.strike("a") }
        try ledger.enter("c", node: "vk-cms", four)
        #expect(throws: PolicyRefusal.self) { try ledger.enter("d", node: "vk-cms", four) }
    }

    @Test func whatRunsAlreadyIsEnteredWhateverTheQuotaIs() throws {
        var ledger = ledger()
        for uid in ["a", "b", "c"] { ledger.restore(uid, node: "vk-cms", four) }
        for uid in ["a", "b"] { ledger.strike(uid) }
        try ledger.enter("d", node: "vk-cms", four)
        #expect(throws: PolicyRefusal.self) { try ledger.enter("e", node: "vk-cms", PodTotals()) }
    }
}
