import InterLinkSystem

/// What is known of a backend's capacity, and since when it could not be asked.
package struct CapacityReading: Sendable, Equatable {
    /// The last answer; `nil` if the backend has none to give, or has not been heard yet.
    package var capacity: Capacity?
    /// When the last answer was asked for; `nil` before the first.
    package var taken: Moment?
    /// Why it cannot be asked now.
    package var trouble: BackendTrouble?
}

/// Something at the backend that does not work.
package struct BackendTrouble: Sendable, Equatable {
    /// What does not work, like `listing jobs at cluster-1`.
    package var what: String
    package var why: String
    package var since: Moment

    package init(_ what: String, why: String, since: Moment) {
        self.what = what
        self.why = why
        self.since = since
    }
}

/// Asks a backend for its capacity now and then, so that a ping need not.
package final class CapacityMonitor: Sendable {
    /// How often it asks, and how long it waits.
    package struct Pace: Sendable {
        /// Between an answer and the next question.
        package var interval: Duration
        /// Between a failure and the next question.
        package var retry: Duration
        /// How long an answer may take before that is called trouble, and the call is cancelled.
        package var deadline: Duration

        package init(
            interval: Duration = .seconds(60), retry: Duration = .seconds(10), deadline: Duration = .seconds(20)
        ) {
            self.interval = interval
            self.retry = retry
            self.deadline = deadline
        }
    }

    private let pace: Pace
    private let clock: any TimeSource
    private let ask: @Sendable () async throws -> Capacity?
    private let state = Lock(State())

    private struct State {
        var reading = CapacityReading()
        /// When the call that runs now was begun.
        var asked: Moment?

        /// A trouble keeps its beginning, and tells its last reason.
        mutating func note(_ why: String, at moment: Moment) {
            let since = reading.trouble?.since ?? moment
            reading.trouble = BackendTrouble("asking for the capacity", why: why, since: since)
        }
    }

    package init(
        pace: Pace = Pace(), clock: any TimeSource, ask: @escaping @Sendable () async throws -> Capacity?
    ) {
        self.pace = pace
        self.clock = clock
        self.ask = ask
    }

    /// What is known now. Never waits.
    package var reading: CapacityReading { state.withLock { $0.reading } }

    /// Asks until the task is cancelled. A call that never ends is not followed by another: the backend that hangs is
    /// not asked more often.
    package func run() async {
        let (answers, asked) = AsyncStream<Result<Capacity?, any Error>>.makeStream()
        var answer = answers.makeAsyncIterator()
        while !Task.isCancelled {
            let started = clock.now
            state.withLock { $0.asked = started }
            let asking = Task { [ask] in
                do {
                    asked.yield(.success(try await ask()))
                } catch {
                    asked.yield(.failure(error))
                }
            }
            let alarm = Task { [pace, clock] in
                guard (try? await clock.sleep(for: pace.deadline)) != nil else { return }
                // An answer may have come in this moment.
                state.withLock { if $0.asked == started { $0.note("no answer within \(pace.deadline)", at: started) } }
                asking.cancel()
            }
            defer {
                alarm.cancel()
                asking.cancel()
            }
            guard let result = await answer.next() else { return }
            alarm.cancel()
            let isWell = state.withLock { state in
                state.asked = nil
                switch result {
                case .success(let capacity):
                    state.reading = CapacityReading(capacity: capacity, taken: started)
                    return true
                case .failure(is CancellationError):
                    state.note("the call was cancelled after \(pace.deadline)", at: started)
                    return false
                case .failure(let error):
                    state.note("\(error)", at: started)
                    return false
                }
            }
            guard (try? await clock.sleep(for: isWell ? pace.interval : pace.retry)) != nil else { return }
        }
    }
}
