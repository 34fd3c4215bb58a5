/// Durations as people write them: `20s`, `5m`, `1h30m`, `250ms`, `1.5h`.
enum DurationText {
    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000),
        ("ms", 1_000_000), ("us", 1_000), ("ns", 1),
    ]

    static func parse(_ text: String) throws(InvalidScalar) -> Duration {
        if text == "0" { return .zero }
        let example = "write a number with its unit, such as 250ms, 20s, 5m, 1h30m or 2d"
        if !text.isEmpty, text.utf8.allSatisfy({ ("0"..."9").contains(Character(Unicode.Scalar($0))) }) {
            throw InvalidScalar(
                "\(text) has no unit, and could be seconds or minutes", advice: "write \(text)s if seconds are meant")
        }
        var rest = text[...]
        var total: Int64 = 0
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            let unit = rest.dropFirst(number.count).prefix { $0.isASCII && $0.isLetter }
            guard let nanoseconds = units.first(where: { $0.name == unit })?.nanoseconds else {
                throw InvalidScalar("\(quoted(text)) is not a duration", advice: example)
            }
            guard let part = ScaledNumber.parse(number, by: nanoseconds) else {
                throw InvalidScalar("\(quoted(text)) is not a duration", advice: example)
            }
            let (sum, tooLong) = total.addingReportingOverflow(part)
            guard !tooLong else { throw InvalidScalar("\(quoted(text)) is longer than 292 years", advice: example) }
            total = sum
            rest = rest.dropFirst(number.count + unit.count)
        }
        guard !text.isEmpty else { throw InvalidScalar("has no value", advice: example) }
        return .nanoseconds(total)
    }

    /// The shortest text that reads back as the same duration: `1h30m`, `250ms`.
    static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let (whole, tooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !tooLong, duration > .zero else { return duration == .zero ? "0s" : "\(duration)" }
        var rest = whole + attoseconds / 1_000_000_000
        var text = ""
        for unit in units where rest >= unit.nanoseconds {
            text += "\(rest / unit.nanoseconds)\(unit.name)"
            rest %= unit.nanoseconds
        }
        return text
    }
}

/// Decimal numbers times a unit, exactly.
enum ScaledNumber {
    /// `number` (digits, perhaps a point and more digits) times `unit`; nil if it is no number, is not whole, or too big.
    static func parse(_ number: Substring, by unit: Int64) -> Int64? {
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = digits(parts[0]) else { return nil }
        var (result, overflow) = whole.multipliedReportingOverflow(by: unit)
        guard !overflow else { return nil }
        guard parts.count == 2 else { return result }
        guard parts[1].count <= 9, let fraction = digits(parts[1]) else { return nil }
        let scale = (0..<parts[1].count).reduce(Int64(1)) { scale, _ in scale * 10 }
        let (product, tooBig) = fraction.multipliedReportingOverflow(by: unit)
        guard !tooBig, product % scale == 0 else { return nil }
        (result, overflow) = result.addingReportingOverflow(product / scale)
        return overflow ? nil : result
    }

    private static func digits(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }
}
