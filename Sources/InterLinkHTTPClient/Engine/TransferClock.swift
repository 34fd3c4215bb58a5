import Glibc

/// The deadlines of one transfer. Times are those of the monotonic clock.
struct TransferClock {
    private enum Phase {
        case connecting, waiting, receiving
    }

    private let deadlines: HTTPClient.Deadlines
    private let start: Duration
    private var phase = Phase.connecting
    private var lastProgress: Duration
    private var uploaded = 0

    init(_ deadlines: HTTPClient.Deadlines, now: Duration) {
        self.deadlines = deadlines
        start = now
        lastProgress = now
    }

    static func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    mutating func noteSending(now: Duration) {
        phase = .waiting
        lastProgress = now
    }

    mutating func noteUploaded(_ bytes: Int, now: Duration) {
        guard bytes > uploaded else { return }
        uploaded = bytes
        lastProgress = now
    }

    mutating func noteHeader() {
        phase = .receiving
    }

    mutating func noteReceived(now: Duration) {
        if phase == .receiving { lastProgress = now }
    }

    func nextDeadline(isPaused: Bool) -> Duration? {
        [stepDeadline(isPaused: isPaused)?.time, totalDeadline].compactMap { $0 }.min()
    }

    func expiredStep(now: Duration, isPaused: Bool) -> HTTPClientError.Step? {
        if let totalDeadline, totalDeadline <= now { return .total }
        if let deadline = stepDeadline(isPaused: isPaused), deadline.time <= now { return deadline.step }
        return nil
    }

    private var totalDeadline: Duration? { deadlines.total.map { start + $0 } }

    private func stepDeadline(isPaused: Bool) -> (step: HTTPClientError.Step, time: Duration)? {
        switch phase {
        case .connecting: deadlines.connect.map { (.connect, start + $0) }
        case .waiting: deadlines.headers.map { (.headers, lastProgress + $0) }
        case .receiving: isPaused ? nil : deadlines.stall.map { (.stall, lastProgress + $0) }
        }
    }
}
