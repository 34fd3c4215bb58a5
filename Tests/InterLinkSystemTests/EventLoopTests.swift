import Glibc
import InterLinkSystem
import Testing

@Suite(.timeLimit(.minutes(2))) struct EventLoopTests {
    /// A pair of connected, non-blocking sockets.
    private func pair() throws -> (FileDescriptor, FileDescriptor) {
        var numbers: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &numbers) == 0 else {
            throw SystemError("socketpair")
        }
        let pair = (FileDescriptor(owning: numbers[0]), FileDescriptor(owning: numbers[1]))
        try pair.0.setNonBlocking()
        try pair.1.setNonBlocking()
        return pair
    }

    private func send(_ byte: UInt8, to descriptor: FileDescriptor) {
        var byte = byte
        #expect(write(descriptor.rawValue, &byte, 1) == 1)
    }

    private func receive(from descriptor: FileDescriptor) -> UInt8? {
        var byte: UInt8 = 0
        return read(descriptor.rawValue, &byte, 1) == 1 ? byte : nil
    }

    @Test func bytesThatArriveWakeTheReader() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let (near, far) = try pair()
        let watch = try loop.watch(near.rawValue)
        defer { watch.end() }
        for round in UInt8(0)..<100 {
            async let wait: Void = watch.readable()
            if round % 2 == 0 { await Task.yield() }
            send(round, to: far)
            try await wait
            #expect(receive(from: near) == round)
        }
    }

    @Test func readinessFromBeforeTheWatchIsSeen() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let (near, far) = try pair()
        send(7, to: far)
        try await loop.readable(near.rawValue)
        try await loop.writable(near.rawValue)
        #expect(receive(from: near) == 7)
    }

    @Test func aFullSocketIsWritableOnceItIsRead() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let (near, far) = try pair()
        let block = [UInt8](repeating: 1, count: 65536)
        while write(near.rawValue, block, block.count) > 0 {}
        await #expect(throws: WaitError.timedOut) {
            try await loop.writable(near.rawValue, until: .now + .milliseconds(20))
        }
        async let wait: Void = loop.writable(near.rawValue)
        var sink = block
        while read(far.rawValue, &sink, sink.count) > 0 {}
        try await wait
        #expect(write(near.rawValue, block, 1) == 1)
    }

    @Test func hangupIsToldBehindUnreadBytes() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let (near, far) = try pair()
        let watch = try loop.watch(near.rawValue)
        defer { watch.end() }
        send(1, to: far)
        try await watch.readable()
        async let wait: Void = watch.hungUp()
        far.close()
        try await wait
        try await watch.hungUp()
        #expect(receive(from: near) == 1)
    }

    @Test func aWaitEndsAtItsDeadlineAndTheNextOneWorks() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let (near, far) = try pair()
        let watch = try loop.watch(near.rawValue)
        defer { watch.end() }
        for milliseconds in [0, 30, 1] {
            let deadline = ContinuousClock.now + .milliseconds(milliseconds)
            await #expect(throws: WaitError.timedOut) { try await watch.readable(until: deadline) }
            #expect(ContinuousClock.now >= deadline)
        }
        async let wait: Void = watch.readable(until: .now + .seconds(3600))
        send(2, to: far)
        try await wait
    }

    @Test func cancellationEndsWaitsAndSleeps() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let (near, _far) = try pair()
        let reader = Task { try await loop.readable(near.rawValue) }
        let sleeper = Task { try await loop.sleep(for: .seconds(3600)) }
        for _ in 0..<10 { await Task.yield() }
        reader.cancel()
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await reader.value }
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        let late = Task { try await loop.sleep(for: .seconds(3600)) }
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
        _ = _far
    }

    @Test func sleepsEndInTheOrderOfTheirDeadlines() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let start = ContinuousClock.now
        let order = Lock<[Int]>([])
        try await withThrowingTaskGroup { group in
            for number in [3, 1, 2] {
                group.addTask(executorPreference: loop) {
                    try await loop.sleep(until: start + .milliseconds(20 * number))
                    order.withLock { $0.append(number) }
                }
            }
            try await group.waitForAll()
        }
        #expect(order.withLock { $0 } == [1, 2, 3])
        #expect(ContinuousClock.now >= start + .milliseconds(60))
    }

    @Test func tasksThatPreferTheLoopRunOnItsThread() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let (near, far) = try pair()
        let same = Task(executorPreference: loop) {
            let before = UInt(currentThread())
            try await loop.readable(near.rawValue)
            try await loop.sleep(for: .milliseconds(1))
            return before == UInt(currentThread())
        }
        send(1, to: far)
        #expect(try await same.value)
    }

    @Test func aDescriptorHasOneWatchAtATime() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let (near, _far) = try pair()
        let watch = try loop.watch(near.rawValue)
        #expect(throws: SystemError.self) { try loop.watch(near.rawValue) }
        watch.end()
        await #expect(throws: WaitError.watchEnded) { try await watch.readable() }
        try loop.watch(near.rawValue).end()
        _ = _far
    }

    @Test func filesOnDiskAreRefused() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let file = FileDescriptor(owning: open("/etc/hostname", O_RDONLY | O_CLOEXEC))
        let refusal = await #expect(throws: SystemError.self) { try await loop.readable(file.rawValue) }
        #expect(refusal?.code == EPERM)
    }

    @Test func stoppingEndsEveryWaitAndTasksGoOnElsewhere() async throws {
        let loop = try EventLoop(name: "test")
        let (near, _far) = try pair()
        let reader = Task(executorPreference: loop) { try await loop.readable(near.rawValue) }
        let sleeper = Task { try await loop.sleep(for: .seconds(3600)) }
        let survivor = Task(executorPreference: loop) {
            do { try await loop.sleep(for: .seconds(3600)) } catch {}
            for _ in 0..<100 { await Task.yield() }
            return 42
        }
        for _ in 0..<10 { await Task.yield() }
        loop.stop()
        await #expect(throws: WaitError.loopStopped) { try await reader.value }
        await #expect(throws: WaitError.loopStopped) { try await sleeper.value }
        #expect(await survivor.value == 42)
        #expect(await Task(executorPreference: loop) { 43 }.value == 43)
        _ = _far
    }

    @Test func manyTasksOnTwoLoopsAllFinish() async throws {
        let group = try EventLoopGroup(name: "test", count: 2)
        defer { group.stop() }
        let total = Lock(0)
        await withDiscardingTaskGroup { tasks in
            for number in 0..<500 {
                let loop = group.next()
                tasks.addTask(executorPreference: loop) {
                    for _ in 0..<10 { await Task.yield() }
                    try? await loop.sleep(for: .milliseconds(number % 5))
                    total.withLock { $0 += 1 }
                }
            }
        }
        #expect(total.withLock { $0 } == 500)
    }
}

/// The thread that runs the caller; a function of its own because asynchronous code may not ask.
private func currentThread() -> pthread_t { pthread_self() }
