import Glibc
import InterLinkSystem
import Testing

@Suite(.timeLimit(.minutes(2))) struct BlockingPoolTests {
    @Test func noMoreThreadsRunThanAllowed() async throws {
        let pool = BlockingPool(name: "test", threads: 3)
        let running = Lock((now: 0, most: 0))
        try await withThrowingTaskGroup { group in
            for _ in 0..<30 {
                group.addTask {
                    try await pool.run {
                        running.withLock {
                            $0.now += 1
                            $0.most = max($0.most, $0.now)
                        }
                        usleep(2000)
                        running.withLock { $0.now -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(running.withLock { $0.most } <= 3)
        #expect(running.withLock { $0.most } > 1)
    }

    @Test func resultsAndErrorsComeBack() async throws {
        let pool = BlockingPool(name: "test", threads: 1)
        #expect(try await pool.run { 6 * 7 } == 42)
        await #expect(throws: SystemError.self) {
            try await pool.run { throw SystemError("open", "x", code: ENOENT) }
        }
    }
}
