import Glibc

/// A value that several threads share, and the only way to it.
///
/// Made on a pthread mutex: the thread sanitizer understands it, where it reports races that are not there for
/// `Synchronization.Mutex`. Hold it for a few instructions only, never across an `await`.
package final class Lock<State>: @unchecked Sendable {
    // Sendable holds because `state` is reached only between lock and unlock of the mutex.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var state: State

    package init(_ state: sending State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deinitialize(count: 1)
        mutex.deallocate()
    }

    /// Runs `body` alone with the value.
    package func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state)
    }
}
