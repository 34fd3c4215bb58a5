import Glibc

/// A bounded number of threads for calls that block: files, SQLite, name services.
///
/// Threads start when they are needed and stay until the pool is let go. Work beyond their number waits in order.
package final class BlockingPool: Sendable {
    private let name: String
    private let queue: WorkQueue

    package init(name: String, threads limit: Int) {
        self.name = name
        queue = WorkQueue(limit: max(1, limit))
    }

    deinit {
        queue.close()
    }

    /// Runs `work` on a thread of the pool. Cancellation does not interrupt it.
    package func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            start { continuation.resume(with: Swift.Result { try work() }) }
        }
    }

    /// Has `work` done on a thread of the pool, some time.
    package func start(_ work: @escaping @Sendable () -> Void) {
        guard queue.add(work) else { return }
        do {
            try startThread(named: name) { [queue] in queue.serve() }
        } catch {
            // Without any thread nobody would take the work; with some it waits for one of them.
            for orphan in queue.threadFailed() { orphan() }
        }
    }
}

/// What the threads of a pool share with it. They keep the queue, not the pool.
private final class WorkQueue: @unchecked Sendable {
    // Sendable holds because the semaphore is made for threads, and the rest is locked or constant.
    private let limit: Int
    private let state = Lock(State())
    private let available: UnsafeMutablePointer<sem_t>

    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var threads = 0
        var idle = 0
        var isClosed = false
    }

    init(limit: Int) {
        self.limit = limit
        available = .allocate(capacity: 1)
        available.initialize(to: sem_t())
        sem_init(available, 0, 0)
    }

    deinit {
        sem_destroy(available)
        available.deinitialize(count: 1)
        available.deallocate()
    }

    /// Returns true if the caller must start another thread for it.
    func add(_ work: @escaping @Sendable () -> Void) -> Bool {
        let mustStart = state.withLock { state in
            state.waiting.append(work)
            guard state.waiting.count > state.idle, state.threads < limit else { return false }
            state.threads += 1
            state.idle += 1
            return true
        }
        sem_post(available)
        return mustStart
    }

    /// Takes back a thread that could not be started; returns the work that nobody will do.
    func threadFailed() -> [@Sendable () -> Void] {
        state.withLock { state in
            state.threads -= 1
            state.idle -= 1
            guard state.threads == 0 else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
    }

    /// The life of one thread.
    func serve() {
        while true {
            while sem_wait(available) != 0 {}
            let (work, isOver) = state.withLock { state -> ((@Sendable () -> Void)?, Bool) in
                guard let work = state.waiting.first else { return (nil, state.isClosed) }
                state.waiting.removeFirst()
                state.idle -= 1
                return (work, false)
            }
            if isOver { return }
            guard let work else { continue }
            work()
            state.withLock { $0.idle += 1 }
        }
    }

    func close() {
        let threads = state.withLock { state in
            state.isClosed = true
            return state.threads
        }
        for _ in 0..<threads { sem_post(available) }
    }
}
