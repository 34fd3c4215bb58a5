/// When a placement is listed next.
package struct Pace: Equatable, Sendable {
    package let floor: Duration
    package let ceiling: Duration
    package private(set) var interval: Duration
    private var failures = 0

    package init(floor: Duration, ceiling: Duration) {
        self.floor = floor
        self.ceiling = max(floor, ceiling)
        interval = floor
    }

    /// The query came back: soon again if it brought something new, else ever later; never so often that the backend
    /// spends more than a tenth of its time on it.
    package mutating func succeeded(in duration: Duration, broughtNews: Bool) {
        failures = 0
        let next = broughtNews ? interval / 2 : interval * 3 / 2
        interval = clamped(max(next, duration * 10))
    }

    /// The query failed, or did not come back in time: pauses that double.
    package mutating func failed() {
        failures = min(failures + 1, 20)
        interval = clamped(floor * (1 << failures))
    }

    /// When the next one is due. What is urgent waits for the floor alone, unless the backend is in trouble.
    package func due(after lastStart: Moment, isUrgent: Bool) -> Moment {
        lastStart + (isUrgent && failures == 0 ? floor : interval)
    }

    private func clamped(_ duration: Duration) -> Duration { min(ceiling, max(floor, duration)) }
}
