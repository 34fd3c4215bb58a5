import Glibc
import InterLinkSystem
import Synchronization

/// One connection as the server sees it from outside.
final class ConnectionHandle: Sendable {
    private let descriptor: FileDescriptor
    private let isIdle = Lock(false)

    init(_ descriptor: FileDescriptor) {
        self.descriptor = descriptor
    }

    /// Between two requests. The descriptor stays open until `becomeBusy()`.
    func becomeIdle() {
        isIdle.withLock { $0 = true }
    }

    /// A request begins to arrive, or the connection is about to be closed.
    func becomeBusy() {
        isIdle.withLock { $0 = false }
    }

    /// Ends the connection if it is between two requests: it wakes, finds the end of the stream, and closes. A request
    /// that arrived at the same moment is still found, and answered.
    func endIfIdle() {
        isIdle.withLock { isIdle in
            if isIdle { shutdown(descriptor.rawValue, Int32(SHUT_RD)) }
        }
    }
}

/// All connections of a server.
final class ConnectionRegistry: Sendable {
    private let state = Lock(State())
    private let limit: Int
    private let draining = Atomic(false)

    private struct State {
        var connections: [ObjectIdentifier: (handle: ConnectionHandle, task: Task<Void, Never>?)] = [:]
        /// Finished when the last connection goes.
        var waiter: AsyncStream<Never>.Continuation?
    }

    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { state.withLock { $0.connections.count } }

    /// Whether connections end after their current answer.
    var isDraining: Bool { draining.load(ordering: .acquiring) }

    /// False when there are as many as allowed.
    func add(_ handle: ConnectionHandle) -> Bool {
        state.withLock { state in
            guard state.connections.count < limit else { return false }
            state.connections[ObjectIdentifier(handle)] = (handle, nil)
            return true
        }
    }

    /// Names the task of a connection, unless that has ended already.
    func attach(_ task: Task<Void, Never>, to handle: ConnectionHandle) {
        state.withLock { state in
            if state.connections[ObjectIdentifier(handle)] != nil {
                state.connections[ObjectIdentifier(handle)]?.task = task
            }
        }
    }

    func remove(_ handle: ConnectionHandle) {
        let waiter = state.withLock { state in
            state.connections[ObjectIdentifier(handle)] = nil
            return state.connections.isEmpty ? state.waiter : nil
        }
        waiter?.finish()
    }

    /// Ends idle connections now and busy ones after their answer.
    func drain() {
        draining.store(true, ordering: .releasing)
        for handle in state.withLock({ $0.connections.values.map(\.handle) }) { handle.endIfIdle() }
    }

    func cancelAll() {
        for task in state.withLock({ $0.connections.values.compactMap(\.task) }) { task.cancel() }
    }

    /// Waits until the last connection has gone, at most until `deadline`.
    func waitUntilEmpty(on loop: EventLoop, until deadline: ContinuousClock.Instant) async {
        let (departure, waiter) = AsyncStream.makeStream(of: Never.self)
        let isEmpty = state.withLock { state in
            state.waiter = waiter
            return state.connections.isEmpty
        }
        if isEmpty { return }
        await withTaskGroup { group in
            group.addTask {
                for await _ in departure {}
            }
            group.addTask {
                // Stopped or cancelled: the wait is over either way.
                try? await loop.sleep(until: deadline)
            }
            await group.next()
            group.cancelAll()
        }
    }
}
