import Testing

@testable import InterLinkSystem

@Suite struct TimerQueueTests {
    private let start = ContinuousClock.now

    @Test func timersFireInOrderOfTheirDeadlines() {
        var queue = TimerQueue<Int>()
        var generator = SystemRandomNumberGenerator()
        for id in (1...500).shuffled(using: &generator) {
            _ = queue.schedule(UInt64(id), at: start + .milliseconds(id), id)
        }
        var fired: [Int] = []
        while let target = queue.popDue(at: start + .milliseconds(300)) { fired.append(target) }
        #expect(fired == Array(1...300))
        let next = queue.next
        #expect(next == start + .milliseconds(301))
        #expect(queue.count == 200)
    }

    @Test func aTimerMovesForwardButNotBack() {
        var queue = TimerQueue<String>()
        let isNext = [(10, "first"), (20, "later"), (5, "sooner")].map { seconds, name in
            queue.schedule(1, at: start + .seconds(seconds), name)
        }
        #expect(isNext == [true, false, true])
        let fired = [4, 30, 30].map { queue.popDue(at: start + .seconds($0)) }
        #expect(fired == [nil, "sooner", nil])
    }

    @Test func cancelledTimersNeverFireAndAreSweptOut() {
        var queue = TimerQueue<Int>()
        _ = queue.schedule(0, at: start + .seconds(1), 0)
        for id in 1...10_000 {
            _ = queue.schedule(UInt64(id), at: start + .milliseconds(id % 900), id)
            let cancelled = queue.cancel(UInt64(id))
            #expect(cancelled == id)
        }
        #expect(queue.count == 1)
        let fired = [queue.popDue(at: start + .seconds(2)), queue.popDue(at: start + .seconds(2))]
        #expect(fired == [0, nil])
    }
}
