import Testing

@testable import InterLinkConformance

@Suite struct ConformanceReportTests {
    private func check(_ index: Int, _ verdict: Verdict, why: String? = nil, _ findings: Finding...) -> CheckResult {
        var result = CheckResult(Conformance.checks[index], verdict, why: why)
        result.findings = findings
        return result
    }

    private func report(_ checks: CheckResult...) -> ConformanceReport {
        ConformanceReport(
            endpoint: "unix:///socket", run: "12345678", startedAt: "2026-11-20T12:00:00Z", seconds: 1.5,
            capabilities: [.core], checks: checks, podsCreated: 3, podsLeft: [], wasInterrupted: false)
    }

    private var finding: Finding {
        Finding(sent: "GET /status", got: "\u{1b}[31mred\nline", expected: "[]", consequence: "this hurts")
    }

    @Test func onlyWhatWasFoundRightOrDoesNotApplyPasses() {
        #expect(report(check(0, .passed), check(1, .skipped, why: "no")).passed)
        #expect(!report(check(0, .passed), check(1, .failed, finding)).passed)
        #expect(!report(check(0, .passed), check(1, .blocked, why: "the create was refused")).passed)
        var interrupted = report(check(0, .passed))
        interrupted.wasInterrupted = true
        #expect(!interrupted.passed)
    }

    @Test func whatIsWrittenAsJSONIsReadBack() throws {
        var first = report(check(0, .passed), check(1, .failed, finding), check(2, .skipped, why: "not declared"))
        first.checks[1].exchanges = [
            RecordedExchange(
                call: "GET /status", pod: "p", at: 0.5, seconds: 0.01, sent: "[]", status: 200, received: "[]", times: 3
            )
        ]
        #expect(try ConformanceReport(json: first.json()) == first)
    }

    @Test func theTextTellsWhatWasSentWhatCameAndWhatShouldHave() {
        let text = report(check(0, .passed), check(1, .failed, finding)).text
        for part in ["core.ping.empty-list", "GET /status", "[]", "this hurts", "1 passed, 1 failed"] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
        #expect(!text.contains("\u{1b}"), "what a plugin answers must not reach the terminal as it is")
    }
}
