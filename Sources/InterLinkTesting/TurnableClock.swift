public import InterLinkPluginKit
import InterLinkSystem

/// A clock that stands still until it is turned.
///
/// ```swift
/// let clock = TurnableClock()
/// let waiting = Task { try await clock.sleep(for: .seconds(600)) }
/// await clock.turn(by: .seconds(600))
/// try await waiting.value
/// ```
public final class TurnableClock: TimeSource {
    private struct Sleeper {
        let until: Moment
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Moment
        var next = 0
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var uses = 0
    }

    private let state: Lock<State>

    /// A clock that shows this moment.
    public init(_ now: Moment = Moment(seconds: 1_800_000_000)) { state = Lock(State(now: now)) }

    /// The moment that the clock was turned to.
    public var now: Moment {
        state.withLock { state in
            state.uses += 1
            return state.now
        }
    }

    /// Returns when the clock has been turned to the moment.
    public func sleep(until moment: Moment) async throws {
        let number = state.withLock { state in
            state.next += 1
            state.uses += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let done: Result<Void, any Error>? = state.withLock { state in
                    if state.cancelled.remove(number) != nil { return .failure(CancellationError()) }
                    if moment <= state.now { return .success(()) }
                    state.sleepers[number] = Sleeper(until: moment, continuation: continuation)
                    return nil
                }
                if let done { continuation.resume(with: done) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let sleeper = state.sleepers.removeValue(forKey: number)
                if sleeper == nil { state.cancelled.insert(number) }
                return sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Turns the clock on, wakes whoever waits for a moment that has come, and lets them do what they woke up for.
    public func turn(by duration: Duration) async {
        let due = state.withLock { state in
            state.now = state.now + duration
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.sorted { $0.until < $1.until }
        }
        for sleeper in due { sleeper.continuation.resume() }
        await quiet()
    }

    /// Returns when nobody has looked at the clock for a little while of real time.
    public func quiet() async {
        var last = -1
        var calm = 0
        while calm < 3 {
            let uses = state.withLock { $0.uses }
            calm = uses == last ? calm + 1 : 0
            last = uses
            try? await Task.sleep(for: .milliseconds(2))
        }
    }
}
