/// Time since the start of a load.
struct LoadClock: Sendable {
    private let start = ContinuousClock.now

    var now: Duration { ContinuousClock.now - start }

    /// Returns at that moment, or throws when the task is cancelled.
    func sleep(until moment: Duration) async throws { try await Task.sleep(until: start + moment, clock: .continuous) }
}
