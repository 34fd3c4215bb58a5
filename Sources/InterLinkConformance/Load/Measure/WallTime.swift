import Glibc
import KubernetesModel

/// A moment by the clock on the wall, and how exactly it is known.
struct WallTime: Hashable, Sendable {
    /// Seconds since 1970.
    let seconds: Double
    /// The true moment lies between `seconds` and so many seconds later.
    let doubt: Double

    init(seconds: Double, doubt: Double = 0) {
        self.seconds = seconds
        self.doubt = doubt
    }

    /// What `date +%s.%N` printed. Where `date` has no nanoseconds, the second is all that is known.
    init?(printed text: Substring) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ Int64($0) }), whole > 0 else { return nil }
        let fraction = parts.count > 1 ? parts[1].prefix { $0.isASCII && $0.isNumber } : ""
        if fraction.count == 9, let nanoseconds = Int64(fraction) {
            self.init(seconds: Double(whole) + Double(nanoseconds) / 1e9)
        } else {
            self.init(seconds: Double(whole), doubt: 1)
        }
    }

    /// A time of Kubernetes, which is told in whole seconds as a rule.
    init(_ time: Timestamp) {
        self.init(
            seconds: Double(time.secondsSinceEpoch) + Double(time.nanoseconds) / 1e9,
            doubt: time.nanoseconds == 0 ? 1 : 0)
    }

    static var now: WallTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(seconds: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
    }

    var timestamp: Timestamp { Timestamp(secondsSinceEpoch: Int64(seconds)) }
}
