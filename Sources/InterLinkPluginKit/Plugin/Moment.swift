/// A point in time, to the nanosecond, counted from 1970.
///
/// Moments of one process never go backwards (see ``SystemTimeSource``), so that evidence can be ordered by them.
public struct Moment: Hashable, Comparable, Sendable {
    /// Nanoseconds since the beginning of 1970, UTC.
    public let nanoseconds: Int64

    /// A moment from its count of nanoseconds since 1970.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// A moment from seconds since 1970.
    public init(seconds: Int64) { self.init(nanoseconds: seconds * 1_000_000_000) }

    /// Before everything that can happen.
    public static let distantPast = Moment(nanoseconds: 0)

    /// Whole seconds since 1970.
    public var seconds: Int64 { nanoseconds / 1_000_000_000 }

    /// The earlier one is less.
    public static func < (left: Moment, right: Moment) -> Bool { left.nanoseconds < right.nanoseconds }

    /// That much later.
    public static func + (moment: Moment, duration: Duration) -> Moment {
        let (sum, overflow) = moment.nanoseconds.addingReportingOverflow(duration.wholeNanoseconds)
        return Moment(nanoseconds: overflow ? .max : sum)
    }

    /// That much earlier.
    public static func - (moment: Moment, duration: Duration) -> Moment { moment + (.zero - duration) }

    /// The time from `right` to `left`.
    public static func - (left: Moment, right: Moment) -> Duration {
        .nanoseconds(left.nanoseconds - right.nanoseconds)
    }
}

extension Duration {
    /// In nanoseconds, the ends of the range for what does not fit (292 years).
    package var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return seconds < 0 ? .min / 2 : .max / 2 }
        return scaled + attoseconds / 1_000_000_000
    }
}
