/// A time for people: `850 µs`, `12.5 ms`, `3.2 s`, `4 min 10 s`.
struct DurationWords: CustomStringConvertible {
    let duration: Duration

    init(_ duration: Duration) { self.duration = duration }

    var description: String {
        let seconds = duration.inSeconds
        switch abs(seconds) {
        case 0: return "0"
        case ..<0.001: return "\(Self.short(seconds * 1_000_000)) µs"
        case ..<1: return "\(Self.short(seconds * 1000)) ms"
        case ..<120: return "\(Self.short(seconds)) s"
        default:
            let whole = Int(seconds.rounded())
            return whole % 60 == 0 ? "\(whole / 60) min" : "\(whole / 60) min \(whole % 60) s"
        }
    }

    /// The same without needless zeros, for the marks of an axis.
    var mark: String {
        let words = description.split(separator: " ", maxSplits: 1)
        return words.count == 2 ? "\(Self.withoutZeros(words[0])) \(words[1])" : description
    }

    static func mark(_ number: Double) -> String { withoutZeros(Substring(short(number))) }

    private static func withoutZeros(_ number: Substring) -> String {
        guard number.contains(".") else { return String(number) }
        var rest = number
        while rest.last == "0" { rest.removeLast() }
        if rest.last == "." { rest.removeLast() }
        return String(rest)
    }

    /// Three digits, or all those before the point.
    static func short(_ number: Double) -> String {
        let size = abs(number)
        let digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2
        return Self.fixed(number, digits: digits)
    }

    static func fixed(_ number: Double, digits: Int) -> String {
        guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
        let scale = [1.0, 10, 100, 1000][min(max(digits, 0), 3)]
        let scaled = Int64((number * scale).rounded())
        guard digits > 0 else { return "\(scaled)" }
        let whole = scaled.magnitude / UInt64(scale)
        let rest = String(scaled.magnitude % UInt64(scale))
        let padded = String(repeating: "0", count: min(digits, 3) - rest.count) + rest
        return "\(scaled < 0 ? "-" : "")\(whole).\(padded)"
    }
}
