/// The place of a span in a trace, as W3C Trace Context writes it in the header `traceparent`.
public struct TraceContext: Hashable, Sendable {
    /// The trace, 128 bits.
    public let traceID: TraceID
    /// The span, 64 bits.
    public let spanID: UInt64
    /// Whether the trace is recorded.
    public let isSampled: Bool

    /// The two halves of the id of a trace.
    public struct TraceID: Hashable, Sendable {
        /// The first 64 bits.
        public let high: UInt64
        /// The last 64 bits.
        public let low: UInt64
    }

    /// The span that the current task works for.
    @TaskLocal public static var current: TraceContext?

    init(traceID: TraceID, spanID: UInt64, isSampled: Bool) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
    }

    /// Reads a `traceparent`; nil if it is not one, in which case a new trace begins.
    public init?(traceparent: String) {
        let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, let version = Self.hex(parts[0], digits: 2), version != 0xFF,
            version != 0 || parts.count == 4,
            let high = Self.hex(parts[1].prefix(16), digits: 16),
            let low = Self.hex(parts[1].dropFirst(16), digits: 16),
            let spanID = Self.hex(parts[2], digits: 16), let flags = Self.hex(parts[3], digits: 2),
            high | low != 0, spanID != 0
        else { return nil }
        self.init(traceID: TraceID(high: high, low: low), spanID: spanID, isSampled: flags & 1 == 1)
    }

    /// The header for calls that belong to this span.
    public var traceparent: String { "00-\(traceIDText)-\(spanIDText)-\(isSampled ? "01" : "00")" }

    var traceIDText: String { Self.text(traceID.high) + Self.text(traceID.low) }
    var spanIDText: String { Self.text(spanID) }

    static func text(_ bits: UInt64) -> String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func hex(_ text: Substring, digits: Int) -> UInt64? {
        let isHex = text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        return isHex && text.utf8.count == digits ? UInt64(text, radix: 16) : nil
    }
}
