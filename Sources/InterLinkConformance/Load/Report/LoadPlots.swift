import InterLinkHTTPClient

/// The plots of a load: latency over time and by percentile for each call, throughput, memory, processor.
struct LoadPlots {
    let report: LoadReport

    var html: HTML {
        let calls = LoadCall.allCases.filter { call in
            report.plugins.contains { plugin in plugin.calls.contains { $0.call == call && $0.answered > 0 } }
        }
        return """
            <div class="plots">
            \(calls.map { "\(course(of: $0))\(percentiles(of: $0))" })
            \(throughput)\(failures)\(memory)\(processors)
            </div>

            """
    }

    /// With one plugin its name says nothing.
    private func name(_ index: Int, _ what: String) -> String {
        report.plugins.count == 1 ? what : "\(what) \(report.plugins[index].endpoint)"
    }

    private func calls(_ call: LoadCall) -> [(index: Int, call: LoadReport.Call)] {
        report.plugins.enumerated().flatMap { index, plugin in
            plugin.calls.filter { $0.call == call }.map { (index, $0) }
        }
    }

    private func course(of call: LoadCall) -> HTML {
        let curves = calls(call).flatMap { index, call in
            [
                LinePlot.Curve(
                    name: name(index, "p50"), colour: index,
                    points: call.course.map { ($0.at.inSeconds, $0.p50?.inSeconds) }),
                LinePlot.Curve(
                    name: name(index, "p99"), colour: index, isDashed: true,
                    points: call.course.map { ($0.at.inSeconds, $0.p99?.inSeconds) }),
            ]
        }
        return plot("\(call): latency over time", curves, .logarithmic) { DurationWords(.seconds($0)).mark }
    }

    private func percentiles(of call: LoadCall) -> HTML {
        let curves = calls(call).map { index, call in
            LinePlot.Curve(
                name: name(index, "latency"), colour: index,
                points: (call.times?.curve ?? []).filter { $0.share < 1 }.map {
                    (1 / (1 - $0.share), $0.time.inSeconds)
                })
        }
        let plot = LinePlot(
            title: "\(call): latency by percentile", curves: curves, across: PlotScale(.logarithmic, [1, 10_000]),
            up: PlotScale(.logarithmic, curves.flatMap { $0.points.compactMap(\.y) }),
            acrossWords: { Self.percent(1 - 1 / $0) }, upWords: { DurationWords(.seconds($0)).mark },
            acrossLabel: "share of the calls that took no longer")
        return plot.html
    }

    private var throughput: HTML {
        let curves = LoadCall.allCases.flatMap { call in
            calls(call).filter { $0.call.answered > 0 && [.create, .status, .delete].contains(call) }.map {
                index, answers in
                LinePlot.Curve(
                    name: name(index, "\(call)"), colour: [.create: 0, .status: 1, .delete: 2][call] ?? 3,
                    isDashed: index > 0, points: answers.course.map { ($0.at.inSeconds, $0.rate) })
            }
        }
        return plot("answers a second", curves, .linear) { DurationWords.mark($0) }
    }

    private var failures: HTML {
        let curves = report.plugins.enumerated().flatMap { index, plugin in
            plugin.calls.filter { $0.failures > 0 }.enumerated().map { number, call in
                LinePlot.Curve(
                    name: name(index, "\(call.call)"), colour: number, isDashed: index > 0,
                    points: call.course.map { ($0.at.inSeconds, Double($0.errors)) })
            }
        }
        return curves.isEmpty ? "" : plot("failures", curves, .linear) { DurationWords.mark($0) }
    }

    private var memory: HTML {
        let curves = processes { Double($0.memory) / 1_048_576 }
        return curves.isEmpty ? "" : plot("memory of the process (MiB)", curves, .linear) { DurationWords.mark($0) }
    }

    private var processors: HTML {
        let curves = processes(\.processors)
        return curves.isEmpty ? "" : plot("processors busy with it", curves, .linear) { DurationWords.mark($0) }
    }

    private func processes(_ value: (LoadReport.Process.UsePoint) -> Double) -> [LinePlot.Curve] {
        report.plugins.enumerated().compactMap { index, plugin in
            plugin.process.map { process in
                LinePlot.Curve(
                    name: name(index, "process \(process.id)"), colour: index,
                    points: process.course.map { ($0.at.inSeconds, value($0)) })
            }
        }
    }

    /// A plot over time.
    private func plot(
        _ title: String, _ curves: [LinePlot.Curve], _ kind: PlotScale.Kind, _ words: @escaping (Double) -> String
    ) -> HTML {
        LinePlot(
            title: title, curves: curves, across: PlotScale(.linear, [report.took.inSeconds]),
            up: PlotScale(kind, curves.flatMap { $0.points.compactMap(\.y) }),
            acrossWords: { DurationWords.mark($0) }, upWords: words
        ).html
    }

    private static func percent(_ share: Double) -> String {
        switch share {
        case ..<0.5: "0 %"
        case ..<0.95: "90 %"
        case ..<0.995: "99 %"
        case ..<0.9995: "99.9 %"
        default: "99.99 %"
        }
    }
}
