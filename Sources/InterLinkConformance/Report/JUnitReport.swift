extension ConformanceReport {
    /// The report in the XML of JUnit, which continuous integration systems show: a suite a capability, a case a check.
    public var junit: String { JUnitReport(report: self).text }
}

/// Writes a report as the XML of JUnit.
struct JUnitReport {
    let report: ConformanceReport

    var text: String {
        let suites = Capability.allCases.compactMap { capability -> String? in
            let checks = report.checks.filter { $0.capability == capability }
            return checks.isEmpty ? nil : suite(capability, checks)
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="interLink conformance of \(XMLText(report.endpoint))"\(counts(report.checks)) \
            time="\(seconds(report.seconds))">
            \(suites.joined())</testsuites>

            """
    }

    private func suite(_ capability: Capability, _ checks: [CheckResult]) -> String {
        """
          <testsuite name="\(XMLText(capability.rawValue))"\(counts(checks)) timestamp="\(XMLText(report.startedAt))" \
        time="\(seconds(checks.reduce(0) { $0 + $1.seconds }))">
        \(checks.map(testCase).joined())  </testsuite>

        """
    }

    private func counts(_ checks: [CheckResult]) -> String {
        let count = { (verdict: Verdict) in checks.count { $0.verdict == verdict } }
        return " tests=\"\(checks.count)\" failures=\"\(count(.failed))\" errors=\"\(count(.blocked))\""
            + " skipped=\"\(count(.skipped))\""
    }

    private func testCase(_ check: CheckResult) -> String {
        let head = """
                <testcase classname="\(XMLText(check.capability.rawValue))" name="\(XMLText(check.id))" \
            time="\(seconds(check.seconds))"
            """
        switch check.verdict {
        case .passed: return head + "/>\n"
        case .skipped: return head + "><skipped message=\"\(XMLText(check.why ?? ""))\"/></testcase>\n"
        case .blocked:
            return head + "><error message=\"\(XMLText(check.why ?? ""))\">\(details(check))</error></testcase>\n"
        case .failed:
            let message = check.findings.first.map { "got \($0.got), expected \($0.expected)" } ?? ""
            return head + "><failure message=\"\(XMLText(message))\">\(details(check))</failure></testcase>\n"
        }
    }

    private func details(_ check: CheckResult) -> XMLText {
        var lines = ["\(check.reason) (\(check.contract))"]
        for finding in check.findings {
            lines += ["", "sent:     \(finding.sent)", "got:      \(finding.got)", "expected: \(finding.expected)"]
            if let consequence = finding.consequence { lines.append("so:       \(consequence)") }
        }
        return XMLText(lines.joined(separator: "\n"))
    }

    private func seconds(_ value: Double) -> String { DurationWords.fixed(value, digits: 3) }
}

/// A text that stands for itself in XML, whatever is in it: in an attribute and in an element.
struct XMLText: CustomStringConvertible {
    let description: String

    init(_ text: String) {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            // Line ends and tabs in attributes would become spaces.
            case "\n": escaped += "&#10;"
            case "\t": escaped += "&#9;"
            default: escaped.unicodeScalars.append(SafeScalar.isHarmless(scalar) ? scalar : SafeScalar.replacement)
            }
        }
        description = escaped
    }
}
