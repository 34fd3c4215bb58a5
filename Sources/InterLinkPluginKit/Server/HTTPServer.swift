import InterLinkSystem

/// An HTTP/1.1 server on unix and TCP sockets.
///
///     let server = HTTPServer(handler: Router(), loops: loops)
///     let addresses = try await server.start([.unix(UnixListener(path: "/run/interlink/plugin.sock"))])
///     …
///     await server.stop(within: .seconds(20))
///
/// Answers from memory are made on the event loop, all others in the global pool: see `HTTPHandler`.
final class HTTPServer: Sendable {
    private let context: HTTPServerContext
    private let loops: EventLoopGroup
    private let state = Lock(State())

    private struct State {
        var sockets: [ListeningSocket] = []
        var tasks: [Task<Void, Never>] = []
    }

    /// How often token files are looked at.
    private static let tokenInterval = Duration.seconds(2)

    init(
        handler: any HTTPHandler, loops: EventLoopGroup, limits: HTTPLimits = HTTPLimits(),
        observer: HTTPServerObserver? = nil
    ) {
        self.loops = loops
        // A process without a free descriptor does not live long: see `DescriptorLimit`.
        let descriptors = DescriptorLimit.current
        var limits = limits
        limits.connections = min(limits.connections, max(descriptors / 2, descriptors - 512))
        context = HTTPServerContext(handler: handler, limits: limits, observer: observer)
    }

    var connectionLimit: Int { context.limits.connections }

    var connectionCount: Int { context.connections.count }

    /// Bytes of request bodies that are in memory now.
    var bodyBytes: Int { context.bodies.bytesInUse }

    /// Begins to listen, on all of them or none. Returns the addresses in the same order. A server starts once.
    func start(_ listeners: [HTTPListener]) throws(HTTPListenerError) -> [HTTPAddress] {
        let sockets = try ListeningSocket.open(listeners)
        start(sockets)
        return sockets.map(\.address)
    }

    /// Takes the connections of sockets that listen already.
    func start(_ sockets: [ListeningSocket]) {
        for socket in sockets { socket.keepPlace() }
        var tasks: [Task<Void, Never>] = []
        for socket in sockets {
            let acceptor = HTTPAcceptor(context: context, listening: socket, loops: loops)
            let loop = loops.next()
            tasks.append(Task(executorPreference: loop) { await acceptor.run(on: loop) })
        }
        let tokens = sockets.compactMap(\.token)
        if !tokens.isEmpty { tasks.append(keepFresh(tokens)) }
        state.withLock { state in
            state.sockets += sockets
            state.tasks += tasks
        }
    }

    /// Stops listening, lets the requests in hand finish, and breaks off what is left after `time`.
    ///
    /// Returns how many connections were broken off. The event loops are the caller's to stop, afterwards.
    @discardableResult
    func stop(within time: Duration) async -> Int {
        let (sockets, tasks) = state.withLock { state in
            defer { state = State() }
            return (state.sockets, state.tasks)
        }
        // In this order nobody is left in the queue of a socket that is closed.
        for socket in sockets { socket.removeFile() }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        for socket in sockets { socket.close() }
        let loop = loops.next()
        context.connections.drain()
        await context.connections.waitUntilEmpty(on: loop, until: .now + time)
        let unfinished = context.connections.count
        guard unfinished > 0 else { return 0 }
        context.connections.cancelAll()
        // A handler that ignores cancellation is not waited for any longer than this.
        await context.connections.waitUntilEmpty(on: loop, until: .now + .seconds(1))
        return unfinished
    }

    private func keepFresh(_ tokens: [BearerToken]) -> Task<Void, Never> {
        let pool = BlockingPool(name: "tokens", threads: 1)
        let observer = context.observer
        let loop = loops.next()
        return Task(executorPreference: loop) {
            while (try? await loop.sleep(for: Self.tokenInterval)) != nil {
                for token in tokens {
                    do {
                        try await pool.run { try token.refresh() }
                    } catch {
                        observer?(.tokenUnreadable(reason: "\(error)"))
                    }
                }
            }
        }
    }
}
