public import LosslessJSON

/// A point in time as Kubernetes writes it: RFC 3339, to the nanosecond.
///
/// ```swift
/// Timestamp("2026-11-20T08:36:23Z")?.secondsSinceEpoch   // 1_795_163_783
/// ```
public struct Timestamp: Hashable, Sendable, Comparable {
    /// Whole seconds since 1970, UTC.
    public let secondsSinceEpoch: Int64
    /// The rest, 0 to 999,999,999.
    public let nanoseconds: Int32

    /// A point in time. Nanoseconds beyond a second are carried over.
    public init(secondsSinceEpoch: Int64, nanoseconds: Int32 = 0) {
        let carry = (nanoseconds >= 0 ? nanoseconds : nanoseconds - 999_999_999) / 1_000_000_000
        self.secondsSinceEpoch = secondsSinceEpoch + Int64(carry)
        self.nanoseconds = nanoseconds - carry * 1_000_000_000
    }

    /// A time of RFC 3339; nil if it is none.
    public init?(_ text: String) {
        guard let parsed = RFC3339.parse(text) else { return nil }
        self = parsed.time
    }

    /// Go's zero time, midnight of the first day of the year one, which stands for "not set" in a log request.
    public static let zero = Timestamp(secondsSinceEpoch: -62_135_596_800)

    /// Whether this is Go's zero time.
    public var isZero: Bool { self == .zero }

    /// Earlier comes first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.secondsSinceEpoch, left.nanoseconds) < (right.secondsSinceEpoch, right.nanoseconds)
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC, with as many digits of the fraction as it needs.
    public var description: String { RFC3339.text(self) }
}

extension Timestamp: JSONReadable, JSONWritable {
    /// Reads a time. A spelling of one's own (an offset, zeros at the end of the fraction) is kept by the object.
    public init(from reader: inout JSONReader) throws(JSONError) {
        let parsed = try reader.string(as: RFC3339.parse, expected: "a time like 2026-11-20T08:36:23Z")
        self = parsed.time
        if !parsed.isCanonical { reader.markUnusual() }
    }

    /// Writes the time.
    public func write(to writer: inout JSONWriter) {
        writer.plainString(atMost: RFC3339.maximumLength) { RFC3339.write(self, to: $0) }
    }
}
