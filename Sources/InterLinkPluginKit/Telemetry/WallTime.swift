import Glibc

/// A time of the wall clock, in nanoseconds since 1970.
public struct WallTime: Hashable, Comparable, Sendable {
    /// Nanoseconds since 1970, without leap seconds.
    public let nanoseconds: Int64

    /// A time of so many nanoseconds since 1970.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// Now.
    public static var now: WallTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Whether the left time is earlier.
    public static func < (left: WallTime, right: WallTime) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The time in UTC with milliseconds: `2026-11-20T10:20:09.123Z`.
    func appendText(to bytes: inout [UInt8]) {
        var seconds = time_t(nanoseconds / 1_000_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func append(_ number: Int, digits: Int, then separator: Character) {
            var divisor = (1..<digits).reduce(1) { divisor, _ in divisor * 10 }
            while divisor > 0 {
                bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
                divisor /= 10
            }
            bytes.append(contentsOf: separator.utf8)
        }
        append(Int(parts.tm_year) + 1900, digits: 4, then: "-")
        append(Int(parts.tm_mon) + 1, digits: 2, then: "-")
        append(Int(parts.tm_mday), digits: 2, then: "T")
        append(Int(parts.tm_hour), digits: 2, then: ":")
        append(Int(parts.tm_min), digits: 2, then: ":")
        append(Int(parts.tm_sec), digits: 2, then: ".")
        append(Int(nanoseconds / 1_000_000 % 1000), digits: 3, then: "Z")
    }
}
