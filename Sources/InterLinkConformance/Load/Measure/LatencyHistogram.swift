/// How often which times were seen, in buckets that are finer than one percent of their time.
///
/// Its size is bounded by the number of buckets, about four thousand, however many times are noted.
struct LatencyHistogram: Equatable, Sendable {
    /// Buckets between a power of two and the next.
    private static let perOctave = 128
    private static let octave = 7

    private var counts: [UInt16: Int] = [:]
    private(set) var count = 0
    private(set) var total = Duration.zero
    private(set) var maximum = Duration.zero

    mutating func note(_ time: Duration) {
        let time = max(.zero, time)
        counts[Self.bucket(of: Self.microseconds(time)), default: 0] += 1
        count += 1
        total += time
        maximum = max(maximum, time)
    }

    mutating func add(_ other: LatencyHistogram) {
        counts.merge(other.counts, uniquingKeysWith: +)
        count += other.count
        total += other.total
        maximum = max(maximum, other.maximum)
    }

    /// The time that this share of all does not exceed; nil if nothing was noted.
    func percentile(_ share: Double) -> Duration? { percentiles([share]).first }

    /// Those times in one pass. The shares must ascend.
    func percentiles(_ shares: [Double]) -> [Duration] {
        guard count > 0 else { return [] }
        var result: [Duration] = []
        var seen = 0
        var buckets = counts.sorted { $0.key < $1.key }[...]
        var current: UInt16 = 0
        for share in shares {
            let wanted = max(1, min(count, Int((share * Double(count)).rounded(.up))))
            while seen < wanted, let (bucket, count) = buckets.popFirst() {
                seen += count
                current = bucket
            }
            result.append(min(maximum, .microseconds(Self.upperBound(of: current))))
        }
        return result
    }

    private static func microseconds(_ time: Duration) -> UInt64 {
        let (seconds, attoseconds) = time.components
        // Longer than a month is a month.
        guard seconds < 2_678_400 else { return 2_678_400_000_000 }
        return UInt64(seconds) * 1_000_000 + UInt64(attoseconds / 1_000_000_000_000)
    }

    /// Below two octaves every microsecond has a bucket; above, every octave is cut into as many.
    private static func bucket(of value: UInt64) -> UInt16 {
        guard value >= UInt64(perOctave) else { return UInt16(value) }
        let shift = 63 - value.leadingZeroBitCount - octave
        return UInt16(shift * perOctave) + UInt16(value >> UInt64(shift))
    }

    private static func upperBound(of bucket: UInt16) -> Int64 {
        let bucket = Int64(bucket)
        let wide = Int64(perOctave)
        guard bucket >= 2 * wide else { return bucket }
        let shift = bucket / wide - 1
        return (bucket - shift * wide + 1) << shift - 1
    }
}
