import Glibc

/// The clock of the host and its plugins. Tests put one in its place that they turn by hand.
public protocol TimeSource: Sendable {
    /// The present moment; never earlier than one given before.
    var now: Moment { get }
    /// Returns at the moment, at once when it has passed, and throws `CancellationError` when the task is cancelled.
    func sleep(until moment: Moment) async throws
}

extension TimeSource {
    /// Returns after that long.
    public func sleep(for duration: Duration) async throws { try await sleep(until: now + duration) }
}

/// The time of the machine.
///
/// It starts as the wall clock and runs on by a clock that is never set: when an administrator or NTP sets the wall
/// clock, no deadline is missed or met early, and no evidence becomes older than what came before it.
public struct SystemTimeSource: TimeSource {
    private let offset: Int64

    /// The time of the machine, with the wall clock as it is now.
    public init() {
        offset = Self.read(CLOCK_REALTIME) - Self.read(CLOCK_BOOTTIME)
    }

    /// The present moment.
    public var now: Moment { Moment(nanoseconds: Self.read(CLOCK_BOOTTIME) + offset) }

    /// Returns at the moment.
    public func sleep(until moment: Moment) async throws {
        let left = moment - now
        if left > .zero { try await Task.sleep(for: left, clock: .continuous) } else { try Task.checkCancellation() }
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
