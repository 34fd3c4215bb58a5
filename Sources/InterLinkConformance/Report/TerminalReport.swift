extension ConformanceReport {
    /// The report for people who read it on a terminal: every check in a line, and what is wrong below.
    public var text: String { TerminalReport(style: .plain).text(self) }
}

/// A report in lines.
public struct TerminalReport: Sendable {
    /// Whether verdicts have colours.
    public enum Style: Sendable {
        /// Text alone.
        case plain
        /// With the escape sequences of terminals.
        case coloured
    }

    private let style: Style

    /// Reports of that style.
    public init(style: Style) { self.style = style }

    /// The whole report.
    public func text(_ report: ConformanceReport) -> String {
        var lines: [String] = []
        for capability in Capability.allCases {
            let checks = report.checks.filter { $0.capability == capability }
            if checks.isEmpty { continue }
            lines += ["", heading("\(capability): \(capability.summary)")]
            if let why = commonSkip(checks) {
                lines.append("  \(mark(.skipped)) \(checks.count) checks: \(why)")
            } else {
                for check in checks { lines += self.lines(check) }
            }
        }
        return lines.dropFirst().joined(separator: "\n") + "\n\n" + summary(report) + "\n"
    }

    /// One check: its verdict, and what is wrong.
    public func lines(_ check: CheckResult) -> [String] {
        var lines = ["  \(mark(check.verdict)) \(check.id)"]
        if let why = check.why { lines[0] += ": \(why)" }
        guard check.verdict == .failed else { return lines }
        lines.append("      why it matters  \(check.reason) (contract \(check.contract))")
        for finding in check.findings {
            lines.append("      sent            \(Self.shown(finding.sent))")
            lines.append("      got             \(Self.shown(finding.got))")
            lines.append("      expected        \(Self.shown(finding.expected))")
            if let consequence = finding.consequence {
                lines.append("      so              \(Self.shown(consequence))")
            }
        }
        return lines
    }

    /// The last lines: how many, and what it means.
    public func summary(_ report: ConformanceReport) -> String {
        let counts = [Verdict.passed, .failed, .blocked, .skipped].map { "\(report.count($0)) \($0.rawValue)" }
        var text =
            "\(counts.joined(separator: ", ")), in \((report.seconds * 10).rounded() / 10) s with "
            + "\(report.podsCreated) pods"
        if report.wasInterrupted { text += "; interrupted" }
        if !report.podsLeft.isEmpty {
            text += "\n\(report.podsLeft.count) pods were deleted and stay: \(report.podsLeft.joined(separator: ", "))"
        }
        if report.count(.blocked) > 0, !report.wasInterrupted {
            text +=
                "\nBlocked checks could not come to a verdict, because of what other checks have found: begin with those."
        }
        return text
    }

    private func commonSkip(_ checks: [CheckResult]) -> String? {
        let reasons = Set(checks.map { $0.verdict == .skipped ? $0.why ?? "" : nil })
        guard reasons.count == 1, case .some(.some(let why)) = reasons.first else { return nil }
        return why
    }

    private func heading(_ text: String) -> String { style == .coloured ? "\u{1b}[1m\(text)\u{1b}[0m" : text }

    private func mark(_ verdict: Verdict) -> String {
        let (word, colour) =
            switch verdict {
            case .passed: ("ok     ", 32)
            case .failed: ("FAILED ", 31)
            case .blocked: ("blocked", 33)
            case .skipped: ("skipped", 2)
            }
        return style == .coloured ? "\u{1b}[\(colour)m\(word)\u{1b}[0m" : word
    }

    /// On one line, and harmless: what a plugin answers could hold escape sequences.
    private static func shown(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A: shown += "⏎"
            case 0..<0x20, 0x7F...0x9F: shown += "\\u{\(String(scalar.value, radix: 16))}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}
