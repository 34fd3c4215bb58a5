public import LosslessJSON

/// An amount of a resource, exact: `500m`, `2`, `1.5`, `16Gi`, `1e3`.
///
/// It keeps the spelling it was given, and compares and adds by value, to the nano-unit; like Kubernetes it rounds finer
/// amounts up and caps larger ones at 2⁶³−1 units.
///
/// ```swift
/// Quantity("1536Mi") == Quantity("1.5Gi")                 // true
/// Quantity("1536Mi")?.units                               // 1_610_612_736
/// Quantity(milliUnits: 250) + Quantity(milliUnits: 1750)  // 2
/// ```
public struct Quantity: Sendable {
    /// The amount as it was spelled.
    public let text: String

    /// JSON allows a bare number too; it is written back as one.
    private let isNumber: Bool

    /// The amount in billionths.
    private let nanos: Int128

    /// Nothing of it.
    public static let zero = Quantity(text: "0", isNumber: false, nanos: 0)

    /// An amount by its text; nil if it is none.
    public init?(_ text: String) {
        guard let parsed = QuantityText.parse(text) else { return nil }
        self.init(text: text, isNumber: false, nanos: parsed)
    }

    /// A whole number of units, like bytes or cores.
    public init(units: Int64, format: Format = .decimal) {
        self.init(nanos: Int128(units) * QuantityText.nano, format: format)
    }

    /// Thousandths of a unit, like those of a core.
    public init(milliUnits: Int64) {
        self.init(nanos: Int128(milliUnits) * 1_000_000, format: .decimal)
    }

    init(nanos: Int128, format: Format) {
        let capped = max(-QuantityText.largest, min(QuantityText.largest, nanos))
        self.init(text: QuantityText.text(capped, format: format), isNumber: false, nanos: capped)
    }

    private init(text: String, isNumber: Bool, nanos: Int128) {
        self.text = text
        self.isNumber = isNumber
        self.nanos = nanos
    }

    /// How an amount is spelled.
    public enum Format: Sendable {
        /// Powers of a thousand: `k`, `M`, `G`, and `m` below one.
        case decimal
        /// Powers of 1,024: `Ki`, `Mi`, `Gi`.
        case binary
        /// Powers of a thousand as exponents: `e3`, `e6`.
        case exponent
    }

    /// Whole units, like bytes; rounded up, so that nobody gets less than was asked for.
    public var units: Int64 { roundedUp(to: QuantityText.nano) }

    /// Thousandths of a unit; rounded up, capped at the largest number of 64 bits.
    public var milliUnits: Int64 { roundedUp(to: 1_000_000) }

    /// The amount as a floating point number, for display and weighing only.
    public var approximate: Double { Double(nanos) / 1e9 }

    /// The way in which the amount is spelled.
    public var format: Format { QuantityText.format(of: text) }

    /// The amount in Kubernetes' own spelling: no fraction, the largest suffix that fits.
    public var canonical: Quantity { Quantity(nanos: nanos, format: format) }

    private func roundedUp(to unit: Int128) -> Int64 {
        let (quotient, remainder) = nanos.quotientAndRemainder(dividingBy: unit)
        return Int64(clamping: remainder > 0 ? quotient + 1 : quotient)
    }
}

extension Quantity: Hashable, Comparable {
    /// Equal amounts, however they are spelled.
    public static func == (left: Quantity, right: Quantity) -> Bool { left.nanos == right.nanos }
    /// The smaller amount comes first.
    public static func < (left: Quantity, right: Quantity) -> Bool { left.nanos < right.nanos }
    /// Equal amounts hash alike.
    public func hash(into hasher: inout Hasher) { hasher.combine(nanos) }

    /// The sum, spelled canonically in the way of the left one (of the right one, if the left one is zero).
    public static func + (left: Quantity, right: Quantity) -> Quantity {
        Quantity(nanos: left.nanos + right.nanos, format: left.nanos == 0 ? right.format : left.format)
    }

    /// Adds an amount.
    public static func += (left: inout Quantity, right: Quantity) { left = left + right }
}

extension Quantity: CustomStringConvertible {
    /// The amount as it was spelled.
    public var description: String { text }
}

extension Quantity: JSONReadable, JSONWritable {
    /// Reads a string or a number.
    public init(from reader: inout JSONReader) throws(JSONError) {
        let offset = reader.offset
        guard reader.nextIsString || reader.nextIsNumber else { throw reader.mismatch("a quantity") }
        isNumber = reader.nextIsNumber
        text = isNumber ? try reader.numberText() : try reader.string()
        guard let nanos = QuantityText.parse(text) else {
            throw JSONError(
                offset: offset,
                problem: .malformed(
                    expected: "a quantity like 500m, 2 or 16Gi", found: text.prefix(40).debugDescription))
        }
        self.nanos = nanos
    }

    /// Writes the amount as it was read.
    public func write(to writer: inout JSONWriter) {
        if isNumber { writer.raw(text) } else { writer.string(text) }
    }
}
