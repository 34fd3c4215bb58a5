import Synchronization

/// A few event loops that share the work.
package final class EventLoopGroup: Sendable {
    package let loops: [EventLoop]
    private let turn = Atomic<Int>(0)

    /// Starts `count` loops, whose threads are called `name`-1, `name`-2…
    package init(name: String, count: Int = 2) throws(SystemError) {
        var loops: [EventLoop] = []
        do {
            for number in 1...max(1, count) { loops.append(try EventLoop(name: "\(name)-\(number)")) }
        } catch {
            for loop in loops { loop.stop() }
            throw error
        }
        self.loops = loops
    }

    /// The loops in turn.
    package func next() -> EventLoop {
        let number = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        return loops[Int(UInt(bitPattern: number) % UInt(loops.count))]
    }

    package func stop() {
        for loop in loops { loop.stop() }
    }
}
