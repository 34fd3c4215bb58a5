import Testing

@testable import InterLinkConformance

@Suite struct PlotTests {
    @Test(arguments: [
        ([0.0], [0, 0.2, 0.4, 0.6, 0.8, 1.0]), ([7], [0, 2, 4, 6, 8]), ([100], [0, 20, 40, 60, 80, 100]),
    ])
    func linearAxesHaveRoundMarks(values: [Double], marks: [Double]) {
        let scale = PlotScale(.linear, values == [0] ? [1] : values)
        #expect(scale.marks.count == marks.count)
        for (mark, expected) in zip(scale.marks, marks) { #expect(abs(mark - expected) < 1e-9) }
    }

    @Test func logarithmicAxesCoverTheValues() {
        let scale = PlotScale(.logarithmic, [0.0012, 0.5])
        #expect(scale.marks.count == 4)
        #expect(abs(scale.position(of: 0.001)) < 1e-9)
        #expect(abs(scale.position(of: 0.01) - 1.0 / 3) < 1e-9)
        #expect(scale.position(of: 1) == 1)
        #expect(scale.position(of: 0) == 0, "what has no place stands at the end")
    }

    @Test(arguments: [PlotScale.Kind.linear, .logarithmic]) func nothingToDrawIsDrawn(kind: PlotScale.Kind) {
        let scale = PlotScale(kind, [])
        #expect(scale.lowest < scale.highest)
        #expect((0...1).contains(scale.position(of: .nan)))
    }

    /// Gaps break the line, a single point is a dot, and the words are escaped.
    @Test func curvesAreDrawn() {
        let curve = LinePlot.Curve(
            name: "<p50>", colour: 1, points: [(0, 1), (1, 2), (2, nil), (3, 4), (4, nil)])
        let plot = LinePlot(
            title: "a & b", curves: [curve], across: PlotScale(.linear, [5]), up: PlotScale(.linear, [5]),
            acrossWords: { "\($0)" }, upWords: { "\($0)" }
        ).html.description
        #expect(plot.components(separatedBy: "<polyline").count == 3)
        #expect(plot.components(separatedBy: "class=\"dot\"").count == 2)
        #expect(plot.contains("&lt;p50&gt;") && !plot.contains("<p50>"))
        #expect(plot.contains("a &amp; b"))
    }
}

extension String {
    fileprivate func components(separatedBy text: String) -> [Substring] {
        split(separator: text, omittingEmptySubsequences: false)
    }
}
