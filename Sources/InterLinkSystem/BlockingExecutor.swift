/// A thread of its own for an actor whose work blocks: files, /proc, starting programs.
///
/// ```swift
/// actor Queue {
///     private let thread = BlockingExecutor(name: "queue")
///     nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
/// }
/// ```
package final class BlockingExecutor: SerialExecutor {
    // With one thread the pool does one thing after the other, in order.
    private let pool: BlockingPool

    package init(name: String) { pool = BlockingPool(name: name, threads: 1) }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pool.start { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
}
