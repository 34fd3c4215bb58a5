import InterLinkSystem
import Testing

@testable import InterLinkPluginKit

@Suite(.timeLimit(.minutes(2))) struct CapacityMonitorTests {
    /// A clock that stands still between the turns of a test.
    final class TurnedClock: TimeSource {
        private struct State {
            var now = Moment(seconds: 1000)
            var sleepers: [Int: (moment: Moment, wake: CheckedContinuation<Void, any Error>)] = [:]
            var lastID = 0
        }

        private let state = Lock(State())

        var now: Moment { state.withLock { $0.now } }
        var sleepers: [Moment] { state.withLock { $0.sleepers.values.map(\.moment) } }

        func turn(by duration: Duration) {
            let due = state.withLock { state in
                state.now = state.now + duration
                let due = state.sleepers.filter { $0.value.moment <= state.now }
                for id in due.keys { state.sleepers[id] = nil }
                return due.values.map(\.wake)
            }
            for wake in due { wake.resume() }
        }

        func sleep(until moment: Moment) async throws {
            let id = state.withLock { state in
                state.lastID += 1
                return state.lastID
            }
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    let answer: Result<Void, any Error>? = state.withLock { state in
                        if Task.isCancelled { return .failure(CancellationError()) }
                        if moment <= state.now { return .success(()) }
                        state.sleepers[id] = (moment, continuation)
                        return nil
                    }
                    if let answer { continuation.resume(with: answer) }
                }
            } onCancel: {
                state.withLock { $0.sleepers.removeValue(forKey: id) }?.wake.resume(throwing: CancellationError())
            }
        }
    }

    /// A backend that answers when the test says so.
    final class Backend: Sendable {
        struct Down: Error {}

        private let waiting = Lock<[CheckedContinuation<Capacity?, any Error>]>([])
        private let count = Lock(0)

        var calls: Int { count.withLock { $0 } }

        func capacity() async throws -> Capacity? {
            try await withCheckedThrowingContinuation { continuation in
                waiting.withLock { $0.append(continuation) }
                count.withLock { $0 += 1 }
            }
        }

        func answer(_ result: Result<Capacity?, any Error>) {
            for continuation in waiting.withLock({ waiting in
                defer { waiting = [] }
                return waiting
            }) { continuation.resume(with: result) }
        }
    }

    let clock = TurnedClock()
    let backend = Backend()
    let monitor: CapacityMonitor

    init() {
        monitor = CapacityMonitor(
            pace: .init(interval: .seconds(60), retry: .seconds(10), deadline: .seconds(20)), clock: clock
        ) { [backend] in try await backend.capacity() }
    }

    private func wait(until condition: @Sendable () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test func itAsksAtOnceAndThenNowAndThen() async throws {
        let running = Task { await monitor.run() }
        try await wait { backend.calls == 1 }
        #expect(monitor.reading == CapacityReading())
        backend.answer(.success(Capacity(pods: 5)))
        try await wait { monitor.reading.capacity == Capacity(pods: 5) }
        #expect(monitor.reading.taken == Moment(seconds: 1000))
        try await wait { clock.sleepers == [Moment(seconds: 1060)] }
        clock.turn(by: .seconds(59))
        #expect(backend.calls == 1)
        clock.turn(by: .seconds(1))
        try await wait { backend.calls == 2 }
        backend.answer(.success(nil))
        try await wait { monitor.reading == CapacityReading(capacity: nil, taken: Moment(seconds: 1060)) }
        running.cancel()
        await running.value
    }

    @Test func afterAFailureItKeepsWhatItKnowsAndAsksSooner() async throws {
        let running = Task { await monitor.run() }
        try await wait { backend.calls == 1 }
        backend.answer(.success(Capacity(pods: 5)))
        try await wait { clock.sleepers == [Moment(seconds: 1060)] }
        for (round, second) in [Int64(1060), 1070].enumerated() {
            clock.turn(by: .seconds(second) - .seconds(clock.now.seconds))
            try await wait { backend.calls == round + 2 }
            backend.answer(.failure(Backend.Down()))
            try await wait { clock.sleepers == [Moment(seconds: second + 10)] }
            #expect(monitor.reading.capacity == Capacity(pods: 5))
            #expect(
                monitor.reading.trouble
                    == BackendTrouble("asking for the capacity", why: "Down()", since: Moment(seconds: 1060)))
        }
        clock.turn(by: .seconds(10))
        try await wait { backend.calls == 4 }
        backend.answer(.success(Capacity(pods: 6)))
        try await wait { monitor.reading == CapacityReading(capacity: Capacity(pods: 6), taken: Moment(seconds: 1080)) }
        running.cancel()
        await running.value
    }

    @Test func aCallThatHangsIsToldAndNotRepeated() async throws {
        let running = Task { await monitor.run() }
        try await wait { backend.calls == 1 && clock.sleepers == [Moment(seconds: 1020)] }
        clock.turn(by: .seconds(20))
        try await wait { monitor.reading.trouble?.why == "no answer within 20.0 seconds" }
        clock.turn(by: .seconds(10_000))
        #expect(backend.calls == 1)
        // A late answer is an answer, of the time when it was asked for.
        backend.answer(.success(Capacity(pods: 5)))
        try await wait { monitor.reading == CapacityReading(capacity: Capacity(pods: 5), taken: Moment(seconds: 1000)) }
        running.cancel()
        await running.value
    }

    @Test func itStopsAlthoughTheBackendHangs() async throws {
        let running = Task { await monitor.run() }
        try await wait { backend.calls == 1 }
        running.cancel()
        await running.value
        backend.answer(.success(nil))
    }
}
