import InterLinkHTTPClient

extension LoadReport {
    /// The report for a terminal.
    public var summary: String {
        var lines = [
            "\(options.pods) pods of \(options.nodes) \(options.nodes == 1 ? "node" : "nodes"), "
                + "\(DurationWords.short(options.rate)) creates a second, \(options.length); "
                + "took \(DurationWords(took))\(wasInterrupted ? "; interrupted" : "")"
        ]
        for plugin in plugins { lines += ["", plugin.endpoint.description] + plugin.lines }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension LoadReport.Plugin {
    fileprivate var lines: [String] {
        var table = TextTable(["call", "answered", "failed", "p50", "p90", "p99", "max"])
        for call in calls {
            let times = call.times.map { [$0.p50, $0.p90, $0.p99, $0.maximum].map { "\(DurationWords($0))" } }
            table.add(
                ["\(call.call)", "\(call.answered)", "\(call.failures)"] + (times ?? ["", "", "", ""]))
        }
        var lines = table.lines
        for call in calls {
            for error in call.errors {
                lines.append(
                    "  \(call.call) failed \(error.count)×: \(error.kind); first: \(SafeText.line(error.example))")
            }
        }
        lines += ["  pods created \(created), told to have ended \(ended); status answers judged \(judged)"]
        if !staleness.isEmpty {
            var table = TextTable(["staleness", "of", "", "p50", "p90", "p99", "max"])
            for delay in staleness {
                let times = [delay.times.p50, delay.times.p90, delay.times.p99, delay.times.maximum]
                table.add(
                    [delay.kind.rawValue, "\(delay.count)", delay.isCoarse ? "±1 s" : ""]
                        + times.map { "\(DurationWords($0))" })
            }
            lines += table.lines
        }
        if untruths.isEmpty { lines.append("  nothing untrue was told") }
        for untruth in untruths {
            lines.append("  UNTRUE \(untruth.kind.rawValue) \(untruth.count)×: \(untruth.kind.meaning)")
            lines += untruth.examples.prefix(2).map { "    \(SafeText.line($0))" }
        }
        if let process {
            lines.append(
                "  process \(process.id): memory \(Self.megabytes(process.memoryAtStart)) at the start, "
                    + "\(Self.megabytes(process.memoryAtMost)) at most, \(Self.megabytes(process.memoryAtEnd)) at the end; "
                    + "\(DurationWords(process.processorTime)) of processor time\(process.hasEnded ? "; it has ended" : "")"
            )
        }
        if !leftBehind.isEmpty {
            lines.append("  LEFT BEHIND, could not be deleted: \(leftBehind.count) pods")
            lines += leftBehind.prefix(10).map { "    \($0)" }
        }
        return lines
    }

    private static func megabytes(_ bytes: Int) -> String {
        "\(DurationWords.short(Double(bytes) / 1_048_576)) MiB"
    }
}
