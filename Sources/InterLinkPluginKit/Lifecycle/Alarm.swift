import InterLinkSystem

/// Wakes the one loop that waits for a time to come or something to happen.
final class Alarm: Sendable {
    private struct State {
        var isRung = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Lock(State())

    func ring() {
        let waiting = state.withLock { state in
            let waiting = state.waiting
            state.waiting = nil
            state.isRung = waiting == nil
            return waiting
        }
        waiting?.resume()
    }

    /// Returns when it rings, has rung since the last wait, the moment has come or the task is cancelled.
    func wait(until moment: Moment?, by clock: any TimeSource) async {
        let timer = moment.map { moment in
            Task { if (try? await clock.sleep(until: moment)) != nil { ring() } }
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goOn = state.withLock { state in
                    if state.isRung {
                        state.isRung = false
                        return true
                    }
                    state.waiting = continuation
                    return false
                }
                if goOn { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
        timer?.cancel()
    }
}
