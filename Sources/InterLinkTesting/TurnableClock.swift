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
        var barrier: @Sendable () async -> Void = {}
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

    /// What ``quiet()`` passes through, on top of the runtime's own queues: a thread or an actor that work goes through.
    public func passesThrough(_ barrier: @escaping @Sendable () async -> Void) {
        state.withLock { $0.barrier = barrier }
    }

    /// Returns when everybody who can go on without the clock being turned has done so.
    ///
    /// A task of the lowest priority runs when nothing else wants to, however busy the machine is; so this waits for
    /// what is there to do, and not for a time.
    public func quiet() async {
        var last = -1
        var calm = 0
        while calm < 3 {
            let barrier = state.withLock { $0.barrier }
            await Task(priority: .background) {}.value
            await barrier()
            await Task(priority: .background) {}.value
            try? await Task.sleep(for: .milliseconds(1))
            let uses = state.withLock { $0.uses }
            calm = uses == last ? calm + 1 : 0
            last = uses
        }
    }
}
