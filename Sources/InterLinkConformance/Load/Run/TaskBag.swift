import InterLinkSystem

/// Tasks that run beside the one that started them, and that somebody waits for in the end.
final class TaskBag: Sendable {
    private struct State {
        var tasks: [Int: Task<Void, Never>] = [:]
        var next = 0
    }

    private let state = Lock(State())

    var isEmpty: Bool { state.withLock { $0.tasks.isEmpty } }

    func add(_ work: @escaping @Sendable () async -> Void) {
        state.withLock { state in
            let number = state.next
            state.next += 1
            state.tasks[number] = Task {
                await work()
                self.state.withLock { _ = $0.tasks.removeValue(forKey: number) }
            }
        }
    }

    func cancelAll() {
        for task in state.withLock({ Array($0.tasks.values) }) { task.cancel() }
    }

    /// Returns when none is left.
    func drain() async {
        while let task = state.withLock({ $0.tasks.values.first }) { await task.value }
    }

    /// Returns when none is left, and cancels what takes longer than that.
    func drain(within time: Duration) async {
        let deadline = Task {
            if (try? await Task.sleep(for: time)) != nil { self.cancelAll() }
        }
        await drain()
        deadline.cancel()
    }
}
