private import CLinux

/// Why a wait ended without what it waited for. Cancellation is told by `CancellationError`.
package enum WaitError: Error, Hashable, CustomStringConvertible {
    case timedOut
    case loopStopped
    case watchEnded

    package var description: String {
        switch self {
        case .timedOut: "the deadline has passed"
        case .loopStopped: "the event loop has stopped"
        case .watchEnded: "the descriptor is no longer watched"
        }
    }
}

/// How a wait ended.
enum Wakeup: Equatable {
    case ready, timedOut, cancelled, loopStopped, watchEnded
    case failed(SystemError)

    func check() throws {
        switch self {
        case .ready: return
        case .timedOut: throw WaitError.timedOut
        case .cancelled: throw CancellationError()
        case .loopStopped: throw WaitError.loopStopped
        case .watchEnded: throw WaitError.watchEnded
        case .failed(let error): throw error
        }
    }
}

/// The readiness of one descriptor, told by its event loop.
///
/// Edges are remembered, not levels: first try the call, wait when it says `EAGAIN`, try again. A wait may end although
/// the call would still say `EAGAIN`. Each kind of wait has one waiter at a time.
package final class DescriptorWatch: Sendable {
    package let descriptor: Int32
    package let loop: EventLoop
    let id: UInt64
    private let state = Lock(State())

    private enum Side: Int {
        case read, write, hangup

        var events: UInt32 { self == .write ? EPOLLOUT.rawValue : EPOLLIN.rawValue }
    }

    private struct Waiter {
        let continuation: UnsafeContinuation<Wakeup, Never>
        let deadline: ContinuousClock.Instant?
    }

    private struct Slot {
        var isReady = false
        var waiter: Waiter?

        mutating func takeWaiter() -> Waiter? {
            defer { waiter = nil }
            return waiter
        }
    }

    private struct State {
        var slots = InlineArray<3, Slot>(repeating: Slot())
        /// What epoll was asked for; nothing until the first wait.
        var interest: UInt32 = 0
        /// When the loop will look at the deadlines of this watch; it may be earlier than any of them.
        var armed: ContinuousClock.Instant?
        var end: Wakeup?

        subscript(side: Side) -> Slot {
            get { slots[side.rawValue] }
            set { slots[side.rawValue] = newValue }
        }

        mutating func takeWaiters() -> [Waiter] {
            [self[.read].takeWaiter(), self[.write].takeWaiter(), self[.hangup].takeWaiter()].compactMap(\.self)
        }
    }

    init(_ descriptor: Int32, on loop: EventLoop, id: UInt64) {
        self.descriptor = descriptor
        self.loop = loop
        self.id = id
    }

    /// Waits until the descriptor can be read, or has ended.
    package func readable(until deadline: ContinuousClock.Instant? = nil) async throws {
        try await wait(.read, until: deadline)
    }

    /// Waits until the descriptor takes more bytes, or has failed.
    package func writable(until deadline: ContinuousClock.Instant? = nil) async throws {
        try await wait(.write, until: deadline)
    }

    /// Waits until the other side has closed, or shut its sending half, whatever is still to be read.
    package func hungUp(until deadline: ContinuousClock.Instant? = nil) async throws {
        try await wait(.hangup, until: deadline)
    }

    /// Stops watching; waits end with `WaitError.watchEnded`. To be called before the descriptor is closed.
    package func end() {
        let wasRegistered = finish(.watchEnded)
        if wasRegistered {
            // Fails only when the descriptor is gone, and with it the registration.
            try? loop.control(EPOLL_CTL_DEL, descriptor, events: 0, id: id)
        }
        loop.forget(self)
    }

    private func wait(_ side: Side, until deadline: ContinuousClock.Instant?) async throws {
        let wakeup = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                begin(Waiter(continuation: continuation, deadline: deadline), side)
            }
        } onCancel: {
            state.withLock { $0[side].takeWaiter() }?.continuation.resume(returning: .cancelled)
        }
        if wakeup != .ready { try wakeup.check() }
    }

    /// Leaves the waiter to the loop, or resumes it if there is nothing to wait for. Whoever takes a waiter out of its
    /// slot resumes it, so each is resumed once.
    private func begin(_ waiter: Waiter, _ side: Side) {
        var mustArm = false
        let answer: Wakeup? = state.withLock { state in
            if let end = state.end { return end }
            if state[side].isReady {
                // An end stays an end; other readiness is used up by the call that follows.
                if side != .hangup { state[side].isReady = false }
                return .ready
            }
            if Task.isCancelled { return .cancelled }
            precondition(state[side].waiter == nil, "two tasks wait for the same side of descriptor \(descriptor)")
            if state.interest & side.events == 0, let error = register(side.events, &state) { return .failed(error) }
            state[side].waiter = waiter
            if let deadline = waiter.deadline, state.armed.map({ deadline < $0 }) ?? true {
                state.armed = deadline
                mustArm = true
            }
            return nil
        }
        if let answer { waiter.continuation.resume(returning: answer) }
        if mustArm, let deadline = waiter.deadline { loop.schedule(self, at: deadline) }
    }

    private func register(_ events: UInt32, _ state: inout State) -> SystemError? {
        let interest = state.interest | events | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        let operation = state.interest == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
        do {
            try loop.control(operation, descriptor, events: interest, id: id)
            state.interest = interest
            return nil
        } catch {
            return error
        }
    }

    // MARK: For the loop

    func wake(events: UInt32) {
        let failure = EPOLLHUP.rawValue | EPOLLERR.rawValue
        let (reader, writer, leaver) = state.withLock { state in
            func wake(_ side: Side, by mask: UInt32) -> Waiter? {
                guard events & mask != 0 else { return nil }
                let waiter = state[side].takeWaiter()
                state[side].isReady = waiter == nil || side == .hangup
                return waiter
            }
            return (
                wake(.read, by: EPOLLIN.rawValue | EPOLLRDHUP.rawValue | failure),
                wake(.write, by: EPOLLOUT.rawValue | failure),
                wake(.hangup, by: EPOLLRDHUP.rawValue | failure)
            )
        }
        reader?.continuation.resume(returning: .ready)
        writer?.continuation.resume(returning: .ready)
        leaver?.continuation.resume(returning: .ready)
    }

    /// Ends the waits whose deadline has passed, and arms the loop for the others.
    func expire(at now: ContinuousClock.Instant) {
        var late: [Waiter] = []
        let next = state.withLock { state in
            var next: ContinuousClock.Instant?
            for side in [Side.read, .write, .hangup] {
                guard let deadline = state[side].waiter?.deadline else { continue }
                if deadline > now {
                    next = min(next ?? deadline, deadline)
                } else if let waiter = state[side].takeWaiter() {
                    late.append(waiter)
                }
            }
            state.armed = next
            return next
        }
        for waiter in late { waiter.continuation.resume(returning: .timedOut) }
        if let next { loop.schedule(self, at: next) }
    }

    func stop() {
        _ = finish(.loopStopped)
    }

    /// Returns whether epoll knew the descriptor.
    private func finish(_ end: Wakeup) -> Bool {
        let (waiters, wasRegistered) = state.withLock { state in
            defer { state.interest = 0 }
            if state.end == nil { state.end = end }
            return (state.takeWaiters(), state.interest != 0)
        }
        for waiter in waiters { waiter.continuation.resume(returning: end) }
        return wasRegistered
    }
}
