/// A plot of curves, drawn as SVG.
struct LinePlot {
    struct Curve {
        let name: String
        /// Which of the colours.
        let colour: Int
        var isDashed = false
        /// Points from left to right; where y is nil the line is broken.
        let points: [(x: Double, y: Double?)]
    }

    let title: String
    let curves: [Curve]
    let across: PlotScale
    let up: PlotScale
    let acrossWords: (Double) -> String
    let upWords: (Double) -> String
    var acrossLabel = "seconds"

    private static let width = 640.0
    private static let height = 240.0
    private static let left = 64.0
    private static let right = 24.0
    private static let top = 10.0
    private static let bottom = 36.0

    var html: HTML {
        """
        <figure><figcaption>\(title)</figcaption>
        <svg viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role="img" aria-label="\(title)">
        \(upMarks)\(acrossMarks)
        <text x="\(Self.coordinate(Self.width - Self.right))" y="\(Self.coordinate(Self.height - 4))" \
        text-anchor="end">\(acrossLabel)</text>
        \(curves.map(draw))
        </svg>
        <div>\(curves.map(key))</div></figure>

        """
    }

    private var upMarks: [HTML] {
        up.marks.map { mark in
            let y = Self.coordinate(vertical(mark))
            return """
                <line class="grid" x1="\(Self.coordinate(Self.left))" x2="\(Self.coordinate(Self.width - Self.right))" \
                y1="\(y)" y2="\(y)"/>\
                <text x="\(Self.coordinate(Self.left - 6))" y="\(y)" dy="4" text-anchor="end">\(upWords(mark))</text>
                """
        }
    }

    private var acrossMarks: [HTML] {
        across.marks.map { mark in
            """
            <text x="\(Self.coordinate(horizontal(mark)))" y="\(Self.coordinate(Self.height - Self.bottom + 16))" \
            text-anchor="middle">\(acrossWords(mark))</text>
            """
        }
    }

    private func draw(_ curve: Curve) -> HTML {
        let pieces = curve.points.split { $0.y == nil }.map { piece -> HTML in
            let points = piece.map { point in
                "\(Self.coordinate(horizontal(point.x))),\(Self.coordinate(vertical(point.y ?? 0)))"
            }
            // A line of one point is a dot.
            let isDot = points.count == 1
            let drawn = isDot ? points + points : points
            let dot: HTML = isDot ? " class=\"dot\"" : ""
            return "<polyline\(dot) points=\"\(drawn.joined(separator: " "))\"/>"
        }
        return "<g class=\"\(classes(curve))\"><title>\(curve.name)</title>\(pieces)</g>\n"
    }

    private func key(_ curve: Curve) -> HTML {
        """
        <span class="key"><svg viewBox="0 0 24 8" aria-hidden="true">\
        <line class="\(classes(curve))" x1="0" x2="24" y1="4" y2="4"/></svg>\(curve.name)</span>
        """
    }

    private func classes(_ curve: Curve) -> String { "curve s\(curve.colour % 4)\(curve.isDashed ? " dashed" : "")" }

    private func horizontal(_ value: Double) -> Double {
        Self.left + across.position(of: value) * (Self.width - Self.left - Self.right)
    }

    private func vertical(_ value: Double) -> Double {
        Self.height - Self.bottom - up.position(of: value) * (Self.height - Self.top - Self.bottom)
    }

    private static func coordinate(_ value: Double) -> String { DurationWords.fixed(value, digits: 1) }
}
