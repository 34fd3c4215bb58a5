/// The spelling of quantities.
enum QuantityText {
    /// Billionths in a unit.
    static let nano: Int128 = 1_000_000_000
    /// The largest amount, 2⁶³−1 units.
    static let largest = Int128(Int64.max) * nano

    /// The amount in billionths, rounded away from zero, capped; nil if the text is no quantity.
    static func parse(_ text: String) -> Int128? {
        var text = text
        return text.withUTF8 { parse($0) }
    }

    private static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Int128? {
        var index = 0
        var isNegative = false
        if let first = text.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
            isNegative = first == UInt8(ascii: "-")
            index = 1
        }
        // Digits beyond what 128 bits hold only tell how large the number is, or that it is not exact.
        var mantissa: Int128 = 0
        var power = 0
        var digits = 0
        var isInexact = false
        var isFraction = false
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "."), !isFraction {
                isFraction = true
            } else if case let digit = byte &- UInt8(ascii: "0"), digit < 10 {
                digits += 1
                if mantissa < largestMantissa {
                    mantissa = mantissa * 10 + Int128(digit)
                    if isFraction { power -= 1 }
                } else {
                    if digit != 0 { isInexact = true }
                    if !isFraction { power += 1 }
                }
            } else {
                break
            }
            index += 1
        }
        guard digits > 0, let suffix = suffix(UnsafeBufferPointer(rebasing: text[index...])) else { return nil }
        let magnitude = scaled(mantissa, power + suffix.power10 + 9, suffix.power2, isInexact)
        return isNegative ? -magnitude : magnitude
    }

    /// Below it a mantissa can take one more digit and the sixty bits of a binary suffix.
    private static let largestMantissa: Int128 = 10_000_000_000_000_000_000

    /// `mantissa · 10^power10 · 2^power2`, rounded up and capped.
    private static func scaled(_ mantissa: Int128, _ power10: Int, _ power2: Int, _ isInexact: Bool) -> Int128 {
        if mantissa == 0 { return isInexact ? 1 : 0 }
        var value = mantissa << Int128(power2)
        var isInexact = isInexact
        var power = power10
        while power > 0, value < largest {
            value *= 10
            power -= 1
        }
        while power < 0, value > 0 {
            let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 10)
            if remainder != 0 { isInexact = true }
            value = quotient
            power += 1
        }
        return min(largest, isInexact ? value + 1 : value)
    }

    private static func suffix(_ text: UnsafeBufferPointer<UInt8>) -> (power10: Int, power2: Int)? {
        guard let first = text.first else { return (0, 0) }
        if text.count == 2, text[1] == UInt8(ascii: "i") {
            guard let index = "KMGTPE".utf8.enumerated().first(where: { $0.element == first })?.offset else {
                return nil
            }
            return (0, 10 * (index + 1))
        }
        if text.count == 1 {
            switch first {
            case UInt8(ascii: "n"): return (-9, 0)
            case UInt8(ascii: "u"): return (-6, 0)
            case UInt8(ascii: "m"): return (-3, 0)
            case UInt8(ascii: "k"): return (3, 0)
            case UInt8(ascii: "M"): return (6, 0)
            case UInt8(ascii: "G"): return (9, 0)
            case UInt8(ascii: "T"): return (12, 0)
            case UInt8(ascii: "P"): return (15, 0)
            case UInt8(ascii: "E"): return (18, 0)
            default: return nil
            }
        }
        guard first == UInt8(ascii: "e") || first == UInt8(ascii: "E") else { return nil }
        let digits = text.dropFirst()
        guard digits.count <= 12, let exponent = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
        return (max(-1000, min(1000, exponent)), 0)
    }

    static func format(of text: String) -> Quantity.Format {
        if text.utf8.last == UInt8(ascii: "i") { return .binary }
        let hasExponent = text.utf8.dropLast().contains { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
        return hasExponent ? .exponent : .decimal
    }

    /// The canonical spelling.
    static func text(_ nanos: Int128, format: Quantity.Format) -> String {
        if nanos == 0 { return "0" }
        // A binary suffix cannot spell fractions of a unit, and is of no use below 1,024.
        if format == .binary, nanos % nano == 0, nanos.magnitude >= UInt128(1024 * nano) {
            return binary(nanos / nano)
        }
        var value = nanos
        var power = -9
        while value % 1000 == 0, power < 18 {
            value /= 1000
            power += 3
        }
        if format == .exponent { return power == 0 ? "\(value)" : "\(value)e\(power)" }
        return "\(value)\(["n", "u", "m", "", "k", "M", "G", "T", "P", "E"][(power + 9) / 3])"
    }

    private static func binary(_ units: Int128) -> String {
        var value = units
        var index = 0
        while value % 1024 == 0, index < 6 {
            value /= 1024
            index += 1
        }
        return "\(value)\(["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"][index])"
    }
}
