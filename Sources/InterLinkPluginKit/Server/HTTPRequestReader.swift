import InterLinkSystem

/// Reads the requests of one connection.
struct HTTPRequestReader {
    private let context: HTTPServerContext
    private let socket: ClientSocket
    private let handle: ConnectionHandle
    private var buffer = ReceiveBuffer()
    private var parser: HTTPRequestParser
    /// What the body in hand has taken of the memory for bodies.
    private var reserved = 0
    /// Steps since the last wait. A client that always has more to say must not keep the loop to itself.
    private var steps = 0

    init(context: HTTPServerContext, socket: ClientSocket, handle: ConnectionHandle) {
        self.context = context
        self.socket = socket
        self.handle = handle
        parser = HTTPRequestParser(limits: context.limits)
    }

    private var limits: HTTPLimits { context.limits }

    /// The next request's head, or nil when the connection has ended between two requests.
    mutating func nextHead() async throws -> HTTPRequestHead? {
        var deadline: ContinuousClock.Instant?
        while true {
            if !buffer.isEmpty, let head = try parser.parse(buffer.bytes, from: buffer.start, to: buffer.end) {
                buffer.consume(head.size)
                await takeTurns()
                return head
            }
            switch buffer.receive(from: socket) {
            case .received:
                continue
            case .closed:
                return nil
            case .nothingYet where buffer.isEmpty:
                guard try await waitForRequest() else { return nil }
            case .nothingYet:
                let end = deadline ?? .now + limits.headTime
                deadline = end
                try await wait(until: end, for: "the header")
            }
        }
    }

    /// The body, unpacked. Its memory is counted until `releaseBody()`.
    mutating func readBody(of head: HTTPRequestHead) async throws -> [UInt8] {
        let isPacked = try isPacked(head.headers)
        if case .length(let length) = head.framing, length > limits.body {
            throw HTTPFault(.contentTooLarge, "the body is larger than \(limits.body) bytes")
        }
        if head.expectsContinue, buffer.isEmpty {
            try await socket.send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        }
        let deadline = ContinuousClock.now + limits.bodyTime
        let body: [UInt8]
        switch head.framing {
        case .none: body = []
        case .length(let length): body = try await readBody(of: length, until: deadline)
        case .chunked: body = try await readChunks(until: deadline)
        }
        return isPacked ? try await unpack(body) : body
    }

    mutating func releaseBody() {
        guard reserved > 0 else { return }
        context.bodies.release(reserved)
        reserved = 0
        buffer.shrink()
    }

    /// Throws away what arrives; false when nothing more will.
    mutating func discard(until deadline: ContinuousClock.Instant) async -> Bool {
        buffer.consume(buffer.count)
        switch buffer.receive(from: socket, room: 64 << 10) {
        case .received:
            await takeTurns()
            return true
        case .closed:
            return false
        case .nothingYet:
            buffer.expectMore()
            return (try? await socket.watch.readable(until: deadline)) != nil
        }
    }

    // MARK: Waiting

    private mutating func takeTurns() async {
        steps += 1
        guard steps >= 32 else { return }
        steps = 0
        await Task.yield()
    }

    /// False when the time between requests is over, or the server is stopping.
    private mutating func waitForRequest() async throws -> Bool {
        steps = 0
        handle.becomeIdle()
        defer { handle.becomeBusy() }
        if context.connections.isDraining { return false }
        do {
            try await socket.watch.readable(until: .now + limits.idleTime)
        } catch WaitError.timedOut {
            return false
        }
        buffer.expectMore()
        return true
    }

    private mutating func wait(until deadline: ContinuousClock.Instant, for part: String) async throws {
        do {
            try await socket.watch.readable(until: deadline)
            buffer.expectMore()
        } catch WaitError.timedOut {
            throw HTTPFault(.requestTimeout, "\(part) took too long to arrive")
        }
    }

    // MARK: Bodies

    private mutating func readBody(of length: Int, until deadline: ContinuousClock.Instant) async throws -> [UInt8] {
        var body: [UInt8] = []
        body.reserveCapacity(min(length, 1 << 20))
        while true {
            let count = min(buffer.count, length - body.count)
            try reserve(count)
            body += buffer.bytes[buffer.start..<(buffer.start + count)]
            buffer.consume(count)
            if body.count == length { return body }
            try await receiveMore(of: length - body.count, until: deadline)
        }
    }

    private mutating func readChunks(until deadline: ContinuousClock.Instant) async throws -> [UInt8] {
        var body: [UInt8] = []
        var decoder = ChunkedDecoder(limits: limits)
        while true {
            let before = body.count
            let used = try decoder.decode(buffer.bytes, buffer.start..<buffer.end, into: &body)
            buffer.consume(used)
            try reserve(body.count - before)
            if decoder.isComplete { return body }
            try await receiveMore(of: .max, until: deadline)
        }
    }

    private mutating func receiveMore(of remaining: Int, until deadline: ContinuousClock.Instant) async throws {
        while true {
            switch buffer.receive(from: socket, room: min(remaining, 64 << 10)) {
            case .received: return await takeTurns()
            case .closed: throw HTTPClientGone()
            case .nothingYet: try await wait(until: deadline, for: "the body")
            }
            // Bytes can come slowly and without a pause, too.
            if ContinuousClock.now > deadline { throw HTTPFault(.requestTimeout, "the body took too long to arrive") }
        }
    }

    private mutating func reserve(_ count: Int) throws(HTTPFault) {
        try context.bodies.reserve(count)
        reserved += count
    }

    private func isPacked(_ headers: HTTPHeaders) throws(HTTPFault) -> Bool {
        switch headers.elements(of: "Content-Encoding") {
        case [], ["identity"]: return false
        case ["gzip"], ["x-gzip"]: return true
        default: throw HTTPFault(.unsupportedMediaType, "the only Content-Encoding that is read is gzip")
        }
    }

    private mutating func unpack(_ packed: [UInt8]) async throws -> [UInt8] {
        let limit = limits.body
        let budget = context.bodies
        let body = try await offLoop(when: packed.count > 4 << 10) {
            try Gzip.unpack(packed, limit: limit, from: budget)
        }
        reserved += body.count
        return body
    }
}

/// Runs what takes longer than the other connections of a loop should wait in the global pool.
func offLoop<Result: Sendable>(
    when isLong: Bool, _ work: @Sendable () throws -> Result
) async rethrows -> Result {
    guard isLong else { return try work() }
    return try await withTaskExecutorPreference(globalConcurrentExecutor) { try work() }
}
