import InterLinkSystem

/// A flag that is raised from anywhere, and one task that waits for it. Raised while nobody waits, it stays raised.
final class ChangeSignal: Sendable {
    private struct State {
        var isRaised = false
        var isOver = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Lock(State())

    /// Whether it can still be raised.
    var isAlive: Bool { state.withLock { !$0.isOver } }

    func raise() {
        wake { $0.isRaised = true }
    }

    /// Nobody will raise it any more.
    func end() {
        wake {
            $0.isRaised = true
            $0.isOver = true
        }
    }

    /// Waits until it is raised, and lowers it, or until the time has passed.
    func wait(within limit: Duration) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await Task.sleep(for: limit) }
            group.addTask { await self.raised() }
            defer { group.cancelAll() }
            try await group.next()
        }
        try Task.checkCancellation()
    }

    private func raised() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    guard !state.isRaised, !Task.isCancelled else {
                        state.isRaised = false
                        return false
                    }
                    state.waiter = continuation
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            wake { _ in }
        }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            guard let waiter = state.waiter else { return nil as CheckedContinuation<Void, Never>? }
            state.waiter = nil
            state.isRaised = false
            return waiter
        }
        waiter?.resume()
    }
}
