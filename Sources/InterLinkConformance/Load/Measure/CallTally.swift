/// All that is kept of one kind of call: bounded, however many there are.
struct CallTally: Sendable {
    private(set) var times = LatencyHistogram()
    private(set) var timeline = Timeline<CallSpan>()
    private(set) var errors: [String: (count: Int, example: String)] = [:]
    private(set) var failures = 0

    /// Different errors that are told apart.
    private static let kinds = 50

    /// Notes a call that was answered, and when, seen from the start of the load.
    mutating func note(_ time: Duration, at moment: Duration) {
        times.note(time)
        timeline.change(at: moment) { $0.times.note(time) }
    }

    /// Notes a call that failed. Its time is not counted: a refusal is quick.
    mutating func note(_ error: CallError, at moment: Duration) {
        failures += 1
        timeline.change(at: moment) { $0.errors += 1 }
        let kind = errors[error.kind] != nil || errors.count < Self.kinds ? error.kind : "others"
        errors[kind, default: (0, error.text)].count += 1
    }
}
