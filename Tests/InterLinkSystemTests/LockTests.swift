import Dispatch
import InterLinkSystem
import Testing

@Suite struct LockTests {
    @Test func twoThreadsNeverMeetInside() {
        let counter = Lock(0)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<10_000 { counter.withLock { $0 += 1 } }
        }
        #expect(counter.withLock { $0 } == 80_000)
    }
}
