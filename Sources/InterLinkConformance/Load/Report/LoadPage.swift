import InterLinkHTTPClient

extension LoadReport {
    /// The report as one self-contained page with plots.
    public var html: String { LoadPage(report: self).page.description }
}

/// Puts a report of a load on a page.
struct LoadPage {
    let report: LoadReport

    var page: HTMLPage {
        HTMLPage(
            title: "Load on \(report.plugins.map { "\($0.endpoint)" }.joined(separator: " and "))",
            content: """
                <h1>Load on interLink \(report.plugins.count == 1 ? "plugin" : "plugins")</h1>
                \(introduction)
                \(report.plugins.map(section))
                <h2>Plots</h2>
                \(LoadPlots(report: report).html)
                """)
    }

    private var introduction: HTML {
        let options = report.options
        let load =
            "\(options.pods) pods on \(options.nodes) virtual \(options.nodes == 1 ? "node" : "nodes"), "
            + "\(DurationWords.short(options.rate)) creates a second, \(options.length), \(options.followed) logs followed. "
            + "Began \(report.began), took \(DurationWords(report.took))."
        return """
            <p class="faint">\(load)\(report.wasInterrupted ? " It was interrupted." : "")</p>
            <p class="\(report.isClean ? "good" : "bad")"><strong>\(report.isClean
                ? "Nothing failed, nothing untrue was told, nothing is left behind."
                : "Not all is well: see below.")</strong></p>
            """
    }

    private func section(_ plugin: LoadReport.Plugin) -> HTML {
        """
        <h2>\(plugin.endpoint.description)</h2>
        <p class="faint">\(plugin.created) pods created, \(plugin.ended) told to have ended by themselves, \
        \(plugin.judged) status answers judged.\(process(plugin.process))</p>
        <div class="wide"><table>
        <tr><th>call</th><th class="number">answered</th><th class="number">failed</th>\(Self.timeHeads)</tr>
        \(plugin.calls.map { call -> HTML in
            """
            <tr><td>\(call.call.rawValue)</td><td class="number">\(call.answered)</td>\
            <td class="number \(call.failures > 0 ? "bad" : "")">\(call.failures)</td>\(Self.cells(call.times))</tr>

            """
        })
        </table></div>
        \(errors(plugin))\(staleness(plugin))\(untruths(plugin))\(leftBehind(plugin))
        """
    }

    private func errors(_ plugin: LoadReport.Plugin) -> HTML {
        let rows = plugin.calls.flatMap { call in
            call.errors.map { error -> HTML in
                """
                <tr><td>\(call.call.rawValue)</td><td>\(error.kind)</td><td class="number">\(error.count)</td>\
                <td><code>\(error.example)</code></td></tr>

                """
            }
        }
        guard !rows.isEmpty else { return "" }
        return """
            <h3 class="bad">What failed</h3>
            <div class="wide"><table>
            <tr><th>call</th><th>how</th><th class="number">times</th><th>the first</th></tr>\(rows)</table></div>

            """
    }

    private func staleness(_ plugin: LoadReport.Plugin) -> HTML {
        guard !plugin.staleness.isEmpty else { return "" }
        let rows = plugin.staleness.map { delay -> HTML in
            """
            <tr><td>\(delay.kind.rawValue)</td><td class="number">\(delay.count)</td>\(Self.cells(delay.times))\
            <td>\(delay.isCoarse ? "to a second" : "")</td></tr>

            """
        }
        return """
            <h3>How late it was told</h3>
            <p class="faint">By the times that the containers print. The pause between two rounds is in it, except in the \
            time for which an end was denied.</p>
            <div class="wide"><table>
            <tr><th></th><th class="number">of</th>\(Self.timeHeads)<th></th></tr>\(rows)</table></div>

            """
    }

    private func untruths(_ plugin: LoadReport.Plugin) -> HTML {
        guard !plugin.untruths.isEmpty else { return "<p class=\"good\">Nothing untrue was told.</p>\n" }
        let items = plugin.untruths.map { untruth -> HTML in
            """
            <details open><summary><strong class="bad">\(untruth.kind.rawValue)</strong> \(untruth.count)×. \
            \(untruth.kind.meaning)</summary><pre>\(untruth.examples.joined(separator: "\n"))</pre></details>

            """
        }
        return "<h3 class=\"bad\">What was told and is not so</h3>\n\(items)"
    }

    private func leftBehind(_ plugin: LoadReport.Plugin) -> HTML {
        guard !plugin.leftBehind.isEmpty else { return "" }
        return """
            <h3 class="bad">Left behind: \(plugin.leftBehind.count) pods could not be deleted</h3>
            <pre>\(plugin.leftBehind.joined(separator: "\n"))</pre>

            """
    }

    private func process(_ process: LoadReport.Process?) -> HTML {
        guard let process else { return "" }
        let memory = [process.memoryAtStart, process.memoryAtMost, process.memoryAtEnd].map {
            DurationWords.short(Double($0) / 1_048_576)
        }
        let text =
            " Process \(process.id): \(memory[0]) MiB at the start, \(memory[1]) MiB at most, \(memory[2]) MiB at the end; "
            + "\(DurationWords(process.processorTime)) of processor time.\(process.hasEnded ? " It has ended." : "")"
        return "\(text)"
    }

    private static let timeHeads: HTML = """
        <th class="number">p50</th><th class="number">p90</th><th class="number">p99</th><th class="number">max</th>
        """

    private static func cells(_ times: LoadReport.Times?) -> [HTML] {
        guard let times else { return [HTML](repeating: "<td></td>", count: 4) }
        return [times.p50, times.p90, times.p99, times.maximum].map {
            "<td class=\"number\">\(DurationWords($0).description)</td>"
        }
    }
}
