/// A value that can stand in a field of the log.
///
/// Types that are described in words need nothing but the conformance:
/// ```swift
/// extension PodUID: LogValue {}
/// ```
public protocol LogValue: Sendable {
    /// The value as the log writes it.
    var logScalar: LogScalar { get }
}

/// What a field of the log can hold.
public enum LogScalar: Hashable, Sendable {
    /// A text, escaped when it is written.
    case text(String)
    /// A whole number.
    case integer(Int64)
    /// A number.
    case number(Double)
    /// True or false.
    case flag(Bool)
}

extension LogValue where Self: CustomStringConvertible {
    /// The description.
    public var logScalar: LogScalar { .text(description) }
}

extension String: LogValue {
    /// The text.
    public var logScalar: LogScalar { .text(self) }
}

extension Int: LogValue {
    /// The number.
    public var logScalar: LogScalar { .integer(Int64(self)) }
}

extension Int32: LogValue {
    /// The number.
    public var logScalar: LogScalar { .integer(Int64(self)) }
}

extension Double: LogValue {
    /// The number.
    public var logScalar: LogScalar { .number(self) }
}

extension Bool: LogValue {
    /// True or false.
    public var logScalar: LogScalar { .flag(self) }
}

extension Duration: LogValue {
    /// The duration as configurations write it: `1h30m`.
    public var logScalar: LogScalar { .text(DurationText.text(self)) }
}

extension SensitiveText: LogValue {}
extension ConfigurationProblem: LogValue {}

/// The fields of a line: names and values, in order.
///
/// ```swift
/// logger.info("job submitted", ["pod": uid, "job": jobID, "attempt": 2])
/// ```
public struct LogFields: ExpressibleByDictionaryLiteral, Sendable {
    var all: [(name: String, value: LogScalar)]

    /// The fields of a literal; nil values are left out.
    public init(dictionaryLiteral elements: (String, (any LogValue)?)...) {
        all = elements.compactMap { name, value in value.map { (name, $0.logScalar) } }
    }

    /// Adds fields; one that is there already gets the new value.
    mutating func add(_ others: LogFields) {
        for other in others.all {
            all.removeAll { $0.name == other.name }
            all.append(other)
        }
    }
}
