extension ConformanceReport {
    /// The report as one self-contained page.
    public var html: String { HTMLReport(report: self).page.description }
}

/// Puts a report on a page: first what is wrong, then everything by capability.
struct HTMLReport {
    let report: ConformanceReport

    var page: HTMLPage {
        HTMLPage(
            title: "Conformance of \(report.endpoint)",
            content: """
                <h1>interLink conformance</h1>
                <p class="faint">\(report.endpoint), run \(report.run), \(report.startedAt), \
                took \(DurationWords(.seconds(report.seconds)).description), \(report.podsCreated) pods created.</p>
                \(verdict)\(leftPods)
                \(summary)
                \(Capability.allCases.map(section))
                """)
    }

    private var verdict: HTML {
        if report.wasInterrupted {
            return "<p class=\"doubt\"><strong>It was interrupted before all checks had run.</strong></p>"
        }
        if report.passed {
            let count = report.count(.passed)
            return "<p class=\"good\"><strong>Everything that was tested is right: \(count) checks.</strong></p>"
        }
        return """
            <p class="bad"><strong>\(report.count(.failed)) checks failed, \(report.count(.blocked)) could not come to a \
            verdict.</strong></p>
            """
    }

    private var leftPods: HTML {
        guard !report.podsLeft.isEmpty else { return "" }
        return """
            <p class="bad">\(report.podsLeft.count) pods were deleted and did not go:</p>
            <pre>\(report.podsLeft.joined(separator: "\n"))</pre>
            """
    }

    private var summary: HTML {
        let rows = Capability.allCases.compactMap { capability -> HTML? in
            let checks = report.checks.filter { $0.capability == capability }
            guard !checks.isEmpty else { return nil }
            let cells = Verdict.allCases.map { verdict -> HTML in
                let count = checks.count { $0.verdict == verdict }
                let name = count > 0 ? Self.colour(verdict) : "faint"
                return "<td class=\"number \(name)\">\(count)</td>"
            }
            let isTested = report.capabilities.contains(capability)
            return """
                <tr><td><a href="#\(capability.rawValue)">\(capability.rawValue)</a></td>\(cells)\
                <td class="faint">\(capability.summary)\(isTested ? "" : "; not declared, so not tested")</td></tr>

                """
        }
        let heads = Verdict.allCases.map { verdict -> HTML in "<th class=\"number\">\(verdict.rawValue)</th>" }
        return """
            <div class="wide"><table><tr><th>capability</th>\(heads)<th></th></tr>
            \(rows)</table></div>
            """
    }

    private func section(_ capability: Capability) -> HTML {
        let checks = report.checks.filter { $0.capability == capability }
        guard !checks.isEmpty else { return "" }
        return """
            <h2 id="\(capability.rawValue)">\(capability.rawValue)</h2>
            <p class="faint">\(capability.summary)</p>
            \(checks.map(item))
            """
    }

    /// Those that failed are open.
    private func item(_ check: CheckResult) -> HTML {
        let isOpen = check.verdict == .failed || check.verdict == .blocked
        let took = check.seconds > 0 ? DurationWords(.seconds(check.seconds)).description : ""
        return """
            <details\(isOpen ? " open" : "")><summary><strong class="\(Self.colour(check.verdict))">\
            \(check.verdict.rawValue)</strong> <code>\(check.id)</code> <span class="faint">\(took)</span></summary>
            <p>\(check.reason) <span class="faint">Contract \(check.contract).</span></p>
            \(why(check))\(check.findings.map(finding))\(exchanges(check))
            </details>

            """
    }

    private func why(_ check: CheckResult) -> HTML {
        guard let why = check.why else { return "" }
        return "<p class=\"\(Self.colour(check.verdict))\">\(why)</p>"
    }

    private func finding(_ finding: Finding) -> HTML {
        let consequence: HTML =
            if let text = finding.consequence { "<tr><th>so</th><td>\(text)</td></tr>" } else { "" }
        return """
            <div class="wide"><table>
            <tr><th>sent</th><td>\(finding.sent)</td></tr>
            <tr><th>got</th><td class="bad">\(finding.got)</td></tr>
            <tr><th>expected</th><td>\(finding.expected)</td></tr>
            \(consequence)</table></div>

            """
    }

    private func exchanges(_ check: CheckResult) -> HTML {
        guard !check.exchanges.isEmpty else { return "" }
        let items = check.exchanges.map { exchange -> HTML in
            let status = exchange.status.map { "\($0)" } ?? "no answer"
            let times = exchange.times > 1 ? ", \(exchange.times) times" : ""
            let head =
                "\(exchange.call)\(exchange.pod.map { " for \($0)" } ?? "") → \(status), "
                + "after \(DurationWords.fixed(exchange.at, digits: 2)) s\(times)"
            return """
                <p class="faint">\(head)</p>
                <pre>\(exchange.sent)</pre>
                <pre>\(exchange.received)</pre>

                """
        }
        return "<details><summary>what was sent and received</summary>\n\(items)</details>"
    }

    private static func colour(_ verdict: Verdict) -> String {
        switch verdict {
        case .passed: "good"
        case .failed: "bad"
        case .blocked: "doubt"
        case .skipped: "faint"
        }
    }
}
