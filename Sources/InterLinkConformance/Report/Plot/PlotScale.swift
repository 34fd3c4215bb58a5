import Glibc

/// Where values stand along an axis, and where it has marks.
struct PlotScale {
    enum Kind {
        case linear
        /// Each power of ten has the same room. Values must be above zero.
        case logarithmic
    }

    let kind: Kind
    let lowest: Double
    let highest: Double
    let marks: [Double]

    /// An axis that has room for all the values.
    init(_ kind: Kind, _ values: [Double]) {
        self.kind = kind
        let finite = values.filter { $0.isFinite && (kind == .linear || $0 > 0) }
        switch kind {
        case .linear:
            let top = max(finite.max() ?? 1, 1e-9)
            let step = Self.roundStep(top / 5)
            lowest = 0
            highest = (top / step).rounded(.up) * step
            marks = Array(stride(from: 0, through: highest + step / 2, by: step))
        case .logarithmic:
            let first = log10(finite.min() ?? 1).rounded(.down)
            let last = max(first + 1, log10(finite.max() ?? 10).rounded(.up))
            lowest = pow(10, first)
            highest = pow(10, last)
            marks = stride(from: first, through: last, by: 1).map { pow(10, $0) }
        }
    }

    /// 0 at the low end, 1 at the high end. What is out of bounds stands at the end.
    func position(of value: Double) -> Double {
        let part =
            switch kind {
            case .linear: (value - lowest) / (highest - lowest)
            case .logarithmic: (log10(max(value, lowest)) - log10(lowest)) / (log10(highest) - log10(lowest))
            }
        return part.isFinite ? min(1, max(0, part)) : 0
    }

    /// 1, 2 or 5 with zeros, not below that.
    private static func roundStep(_ step: Double) -> Double {
        let power = pow(10, log10(step).rounded(.down))
        let factor = [1.0, 2, 5, 10].first { $0 * power >= step * 0.999 } ?? 10
        return factor * power
    }
}
