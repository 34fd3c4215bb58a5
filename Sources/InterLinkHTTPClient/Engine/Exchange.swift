import InterLinkSystem

/// One request and its answer: what the caller's task and the engine's thread share.
final class Exchange: Sendable {
    /// A stream pauses its connection when so many bytes wait to be read.
    static let highWater = 256 << 10

    private struct State {
        var isSent = false
        var head: HTTPClient.ResponseHead?
        var bytes: [UInt8] = []
        var received = 0
        var isPaused = false
        var end: Result<Void, Failure>?
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    let plan: TransferPlan
    private let owner: EngineOwner
    private let state = Lock(State())

    init(_ plan: TransferPlan, on owner: EngineOwner) {
        self.plan = plan
        self.owner = owner
    }

    // MARK: The caller's side

    /// Waits for the header of the answer.
    func head() async throws(HTTPClientError) -> HTTPClient.ResponseHead {
        await wait { state in
            switch self.plan.delivery {
            case .collected: state.end != nil
            case .streamed: state.end != nil || state.head != nil
            }
        }
        let (head, end) = state.withLock { ($0.head, $0.end) }
        switch (plan.delivery, end) {
        case (.collected, .failure(let failure)): throw error(failure)
        case (.streamed, .failure(let failure)) where head == nil: throw error(failure)
        default: break
        }
        guard let head else { throw error(Failure(.malformedAnswer, "the answer has no header")) }
        return head
    }

    /// Waits for the end, and takes all bytes.
    func wholeBody() async throws(HTTPClientError) -> [UInt8] {
        await wait { $0.end != nil }
        let (bytes, end) = state.withLock { state in
            defer { state.bytes = [] }
            return (state.bytes, state.end)
        }
        if case .failure(let failure) = end { throw error(failure) }
        return bytes
    }

    /// Waits for more bytes; `nil` when the answer is complete.
    func nextPiece() async throws(HTTPClientError) -> [UInt8]? {
        await wait { !$0.bytes.isEmpty || $0.end != nil }
        let (bytes, end, resumes) = state.withLock { state in
            defer {
                state.bytes = []
                state.isPaused = false
            }
            return (state.bytes, state.end, state.isPaused)
        }
        if case .failure(let failure) = end, failure.cause == .cancelled || bytes.isEmpty { throw error(failure) }
        if resumes { owner.engine.post(.resume(self)) }
        return bytes.isEmpty ? nil : bytes
    }

    /// Runs `body`; cancelling the task meanwhile ends the exchange.
    func cancellable<Value: Sendable>(
        _ body: @Sendable () async throws(HTTPClientError) -> Value
    ) async throws(HTTPClientError) -> Value {
        let result = await withTaskCancellationHandler {
            do throws(HTTPClientError) {
                return Result<Value, HTTPClientError>.success(try await body())
            } catch {
                return .failure(error)
            }
        } onCancel: {
            self.cancel()
        }
        return try result.get()
    }

    /// Ends the exchange at once for the caller, and soon on the wire.
    func cancel() {
        if finish(.failure(Failure(.cancelled, "cancelled"))) { owner.engine.post(.cancel(self)) }
    }

    func tooLarge(_ limit: Int) -> HTTPClientError {
        error(Failure(.answerTooLarge, "the answer has more than \(limit) bytes"))
    }

    private func error(_ failure: Failure) -> HTTPClientError {
        HTTPClientError(
            method: plan.method, url: TransferPlan.withoutSecrets(plan.url), socketPath: plan.socketPath,
            cause: failure.cause, detail: failure.detail, mayHaveBeenReceived: state.withLock { $0.isSent })
    }

    private func wait(until ready: @escaping @Sendable (borrowing State) -> Bool) async {
        while !state.withLock({ ready($0) }) {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    if ready(state) { return true }
                    state.waiting.append(continuation)
                    return false
                }
                if goesOn { continuation.resume() }
            }
        }
    }

    // MARK: The engine's side

    /// What to do with bytes that have come.
    enum Reception {
        case taken, paused, refused
    }

    /// The request is about to be written. `false` when nobody wants that any more, or when it would be the second time
    /// for a request that must not be sent twice.
    func beginSending() -> Bool {
        let (goesOn, isRepeated) = state.withLock { state in
            let isRepeated = state.isSent && !plan.isIdempotent
            if state.end == nil, !isRepeated { state.isSent = true }
            return (state.end == nil && !isRepeated, isRepeated)
        }
        if isRepeated {
            finish(.failure(Failure(.connectionLost, "the server closed the kept connection without an answer")))
        }
        return goesOn
    }

    func receive(_ head: HTTPClient.ResponseHead) -> Reception {
        if let limit = plan.delivery.limit, plan.method != .head, let text = head.headers["Content-Length"],
            let length = Int(text), length > limit
        {
            refuse(limit)
            return .refused
        }
        switch plan.delivery {
        case .streamed: wake { $0.head = head }
        // Nobody wants it before the end.
        case .collected: state.withLock { $0.head = head }
        }
        return .taken
    }

    func receive(_ bytes: UnsafeRawBufferPointer) -> Reception {
        let (reception, waiting) = state.withLock { state -> (Reception, [CheckedContinuation<Void, Never>]) in
            guard state.end == nil else { return (.refused, []) }
            if let limit = plan.delivery.limit, state.received + bytes.count > limit { return (.refused, []) }
            if case .streamed = plan.delivery {
                if !state.bytes.isEmpty, state.bytes.count + bytes.count > Self.highWater {
                    state.isPaused = true
                    return (.paused, [])
                }
            }
            state.received += bytes.count
            state.bytes.append(contentsOf: bytes)
            guard case .streamed = plan.delivery else { return (.taken, []) }
            defer { state.waiting = [] }
            return (.taken, state.waiting)
        }
        for continuation in waiting { continuation.resume() }
        if reception == .refused, let limit = plan.delivery.limit { refuse(limit) }
        return reception
    }

    /// Whether the transfer rests because nobody reads.
    var isPaused: Bool { state.withLock { $0.isPaused } }

    /// The first end counts; `false` when there was one.
    @discardableResult
    func finish(_ end: Result<Void, Failure>) -> Bool {
        var isFirst = false
        wake { state in
            isFirst = state.end == nil
            if isFirst { state.end = end }
        }
        return isFirst
    }

    private func refuse(_ limit: Int) {
        finish(.failure(Failure(.answerTooLarge, "the answer has more than \(limit) bytes")))
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiting = state.withLock { state in
            change(&state)
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
