private import CLinux

/// Memory that was used and is free now, which the C library keeps.
package enum FreeMemory {
    /// Gives it back now and then, until the task is cancelled.
    ///
    /// A list of ten thousand jobs leaves holes of 30 MB in the heaps, most of which are never used at the same time
    /// again.
    package static func giveBack(every interval: Duration) async {
        let pool = BlockingPool(name: "memory", threads: 1)
        while (try? await Task.sleep(for: interval)) != nil {
            try? await pool.run { il_return_free_memory() }
        }
    }
}
