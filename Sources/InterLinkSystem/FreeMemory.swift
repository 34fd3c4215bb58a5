private import CLinux

/// Memory that was used and is free now, which the C library keeps.
package enum FreeMemory {
    /// Keeps large blocks out of the heaps, where each would leave a hole. To be called before there are threads.
    ///
    /// Tables of thousands of pods are larger than that, pieces of logs on their way to a client smaller.
    package static func keepLittle() { il_map_blocks_from(2 << 20) }

    /// Gives it back now and then, until the task is cancelled.
    ///
    /// A list of ten thousand jobs leaves holes of many megabytes in the heaps, most of which are never used at the same
    /// time again.
    package static func giveBack(every interval: Duration) async {
        let pool = BlockingPool(name: "memory", threads: 1)
        while (try? await Task.sleep(for: interval)) != nil {
            try? await pool.run { il_return_free_memory() }
        }
    }

    /// What is not free: the bytes that are allocated now.
    package static var bytesInUse: Int { il_memory_in_use() }
}
