private import CLinux
import Glibc
import Synchronization

/// One thread that waits for descriptors and deadlines, and runs the tasks that prefer it.
///
/// A connection is a task on its loop, so that waiting for the socket, reading and answering never change threads:
///
///     let loop = try EventLoop(name: "server-1")
///     Task(executorPreference: loop) {
///         let watch = try loop.watch(socket.rawValue)
///         try await watch.readable(until: .now + .seconds(30))
///     }
///
/// Waits may be made by any task, whatever it runs on. Code that runs on a loop must not block: everything else that
/// lives there waits meanwhile. Default actors called from such a task run on the loop too; work of unknown cost
/// belongs to `withTaskExecutorPreference(globalConcurrentExecutor)`.
package final class EventLoop: TaskExecutor, @unchecked Sendable {
    // Sendable holds because `localJobs` is touched by the loop's own thread alone, and the rest is locked or constant.
    private let epoll: FileDescriptor
    private let wakeup: FileDescriptor
    private let shared = Lock(Shared())
    private let thread = Atomic<UInt>(0)
    private var localJobs: [UnownedJob] = []

    private struct Shared {
        var remoteJobs: [UnownedJob] = []
        var watches: [DescriptorWatch?] = []
        var timers = TimerQueue<TimerTarget>()
        var lastID: UInt64 = 0
        var isSleeping = false
        var phase = Phase.running
    }

    private enum Phase { case running, stopping, ended }

    private enum TimerTarget {
        case watch(DescriptorWatch)
        case sleeper(UnsafeContinuation<Wakeup, Never>)
    }

    /// Starts the loop's thread.
    package init(name: String) throws(SystemError) {
        let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { throw SystemError("epoll_create1") }
        self.epoll = FileDescriptor(owning: epoll)
        let wakeup = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard wakeup >= 0 else { throw SystemError("eventfd") }
        self.wakeup = FileDescriptor(owning: wakeup)
        var event = epoll_event(events: EPOLLIN.rawValue | EPOLLET.rawValue, data: epoll_data_t(u64: .max))
        guard epoll_ctl(epoll, EPOLL_CTL_ADD, wakeup, &event) == 0 else { throw SystemError("epoll_ctl") }
        try startThread(named: name) { [self] in run() }
    }

    /// Ends the thread, after the jobs that are queued. Every wait fails with `WaitError.loopStopped`, now and later;
    /// tasks that prefer the loop go on in the global pool.
    package func stop() {
        shared.withLock { if $0.phase == .running { $0.phase = .stopping } }
        wake()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isCurrent {
            localJobs.append(job)
            return
        }
        let (accepted, mustWake) = shared.withLock { shared in
            guard shared.phase != .ended else { return (false, false) }
            shared.remoteJobs.append(job)
            defer { shared.isSleeping = false }
            return (true, shared.isSleeping)
        }
        if mustWake { wake() }
        if !accepted { globalConcurrentExecutor.enqueue(job) }
    }

    // MARK: Waiting

    /// Readiness of one descriptor, for as long as the watch is kept.
    ///
    /// A descriptor has one watch at a time, and it must be closed after its watch. Files on disk cannot be watched.
    package func watch(_ descriptor: Int32) throws -> DescriptorWatch {
        guard descriptor >= 0 else { throw SystemError("epoll_ctl", "descriptor \(descriptor)", code: EBADF) }
        return try shared.withLock { shared in
            guard shared.phase == .running else { throw WaitError.loopStopped }
            let index = Int(descriptor)
            while shared.watches.count <= index { shared.watches.append(nil) }
            guard shared.watches[index] == nil else {
                throw SystemError("epoll_ctl", "descriptor \(descriptor)", code: EEXIST)
            }
            shared.lastID += 1
            let watch = DescriptorWatch(descriptor, on: self, id: shared.lastID)
            shared.watches[index] = watch
            return watch
        }
    }

    /// Waits once until `descriptor` can be read, has ended or, for a pidfd, its process has.
    package func readable(_ descriptor: Int32, until deadline: ContinuousClock.Instant? = nil) async throws {
        let watch = try watch(descriptor)
        defer { watch.end() }
        try await watch.readable(until: deadline)
    }

    /// Waits once until `descriptor` takes more bytes, or has failed.
    package func writable(_ descriptor: Int32, until deadline: ContinuousClock.Instant? = nil) async throws {
        let watch = try watch(descriptor)
        defer { watch.end() }
        try await watch.writable(until: deadline)
    }

    /// Waits for a time; ends early only by cancellation or when the loop stops, both with an error.
    package func sleep(until deadline: ContinuousClock.Instant) async throws {
        let id = shared.withLock { shared in
            shared.lastID += 1
            return shared.lastID
        }
        let wakeup = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let (refusal, mustWake) = shared.withLock { shared -> (Wakeup?, Bool) in
                    if Task.isCancelled { return (.cancelled, false) }
                    guard shared.phase == .running else { return (.loopStopped, false) }
                    let isNext = shared.timers.schedule(id, at: deadline, .sleeper(continuation))
                    return (nil, isNext && shared.isSleeping)
                }
                if let refusal { continuation.resume(returning: refusal) }
                if mustWake { wake() }
            }
        } onCancel: {
            if case .sleeper(let continuation) = shared.withLock({ $0.timers.cancel(id) }) {
                continuation.resume(returning: .cancelled)
            }
        }
        if wakeup != .timedOut { try wakeup.check() }
    }

    /// Waits for a time; ends early only by cancellation or when the loop stops, both with an error.
    package func sleep(for duration: Duration) async throws {
        try await sleep(until: .now + duration)
    }

    // MARK: For watches

    func control(_ operation: Int32, _ descriptor: Int32, events: UInt32, id: UInt64) throws(SystemError) {
        let key = UInt64(UInt32(bitPattern: descriptor)) << 32 | (id & 0xffff_ffff)
        var event = epoll_event(events: events, data: epoll_data_t(u64: key))
        guard epoll_ctl(epoll.rawValue, operation, descriptor, &event) == 0 else {
            throw SystemError("epoll_ctl", "descriptor \(descriptor)")
        }
    }

    func schedule(_ watch: DescriptorWatch, at deadline: ContinuousClock.Instant) {
        let mustWake = shared.withLock { shared in
            shared.timers.schedule(watch.id, at: deadline, .watch(watch)) && shared.isSleeping
        }
        if mustWake { wake() }
    }

    func forget(_ watch: DescriptorWatch) {
        shared.withLock { shared in
            shared.timers.cancel(watch.id)
            let index = Int(watch.descriptor)
            if index < shared.watches.count, shared.watches[index] === watch { shared.watches[index] = nil }
        }
    }

    // MARK: The thread

    private var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

    private func wake() {
        var one: UInt64 = 1
        _ = write(wakeup.rawValue, &one, 8)
    }

    private func run() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        let capacity = 256
        let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: capacity)
        defer { events.deallocate() }
        var ready: [(watch: DescriptorWatch, events: UInt32)] = []
        var due: [TimerTarget] = []
        while true {
            runLocalJobs()
            let count = epoll_wait(epoll.rawValue, events, Int32(capacity), prepareToSleep())
            let now = ContinuousClock.now
            let isStopping = shared.withLock { shared in
                shared.isSleeping = false
                localJobs.append(contentsOf: shared.remoteJobs)
                shared.remoteJobs.removeAll(keepingCapacity: true)
                for index in 0..<max(Int(count), 0) {
                    let key = events[index].data.u64
                    let descriptor = Int(key >> 32)
                    guard descriptor < shared.watches.count, let watch = shared.watches[descriptor],
                        watch.id & 0xffff_ffff == key & 0xffff_ffff
                    else { continue }
                    ready.append((watch, events[index].events))
                }
                while let target = shared.timers.popDue(at: now) { due.append(target) }
                return shared.phase != .running
            }
            for (watch, events) in ready { watch.wake(events: events) }
            for target in due {
                switch target {
                case .watch(let watch): watch.expire(at: now)
                case .sleeper(let continuation): continuation.resume(returning: .timedOut)
                }
            }
            ready.removeAll(keepingCapacity: true)
            due.removeAll(keepingCapacity: true)
            if isStopping, finish() { return }
        }
    }

    /// Milliseconds for `epoll_wait`: none while there is something to run, -1 when nothing is due.
    private func prepareToSleep() -> Int32 {
        shared.withLock { shared in
            guard localJobs.isEmpty, shared.remoteJobs.isEmpty, shared.phase == .running else { return 0 }
            shared.isSleeping = true
            guard let next = shared.timers.next else { return -1 }
            let left = (next - .now).components
            // Rounded up, so that the loop does not spin through the last millisecond.
            let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
            return Int32(clamping: max(0, milliseconds))
        }
    }

    private func runLocalJobs() {
        let jobs = localJobs
        localJobs.removeAll(keepingCapacity: true)
        for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }

    /// Wakes everybody with the news that the loop stops. Returns true once nothing is left to run.
    private func finish() -> Bool {
        let (watches, targets) = shared.withLock { shared in
            (shared.watches.compactMap(\.self), shared.timers.removeAll())
        }
        for watch in watches { watch.stop() }
        for case .sleeper(let continuation) in targets { continuation.resume(returning: .loopStopped) }
        runLocalJobs()
        return shared.withLock { shared in
            guard localJobs.isEmpty, shared.remoteJobs.isEmpty else { return false }
            shared.phase = .ended
            thread.store(0, ordering: .relaxed)
            return true
        }
    }
}
