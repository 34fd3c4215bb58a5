import InterLinkSystem

/// A client of HTTP/1.1 servers: over TCP, TLS or unix sockets, with connections that are kept and used again.
///
/// All transfers of a client run on one thread of its own; calls suspend and never block. Redirects are not followed,
/// and nothing is repeated, except an idempotent request on a kept connection that the server had closed meanwhile.
/// Cancelling the task ends the transfer.
///
/// ```swift
/// let client = try HTTPClient()
/// let answer = try await client.send(.init(.get, "https://site.example/api/jobs"))
/// if answer.status == 200 { read(answer.body) }
/// ```
public final class HTTPClient: Sendable {
    /// What holds for all requests.
    public let configuration: Configuration

    private let engine: EngineOwner
    private let files = BlockingPool(name: "http-files", threads: 1)

    /// A client, and its thread.
    public init(configuration: Configuration = Configuration()) throws(HTTPClientError) {
        self.configuration = configuration
        do {
            engine = EngineOwner(try TransferEngine.start(configuration))
        } catch {
            throw HTTPClientError(
                method: .get, url: "(no request yet)", socketPath: nil, cause: error.cause, detail: error.detail,
                mayHaveBeenReceived: false)
        }
    }

    /// Sends a request and collects the whole answer.
    public func send(_ request: Request) async throws(HTTPClientError) -> Response {
        let limit = request.answerLimit ?? configuration.answerLimit
        let exchange = try await begin(request, .collected(limit: limit))
        return try await exchange.cancellable { () async throws(HTTPClientError) in
            Response(head: try await exchange.head(), body: try await exchange.wholeBody())
        }
    }

    /// Sends a request and returns when the header of the answer is there. The body is read as it is wanted: while
    /// nobody reads, the server waits. Dropping the stream ends the transfer.
    public func stream(_ request: Request) async throws(HTTPClientError) -> StreamedResponse {
        let exchange = try await begin(request, .streamed(limit: request.answerLimit))
        let head = try await exchange.cancellable { () async throws(HTTPClientError) in try await exchange.head() }
        return StreamedResponse(head: head, body: Body(BodyOwner(exchange)))
    }

    /// Ends everything that is under way with an error, closes all connections and ends the thread.
    public func close() {
        engine.engine.stop()
    }

    private func begin(_ request: Request, _ delivery: Delivery) async throws(HTTPClientError) -> Exchange {
        do throws(Failure) {
            var plan = try TransferPlan(request, configuration, delivery)
            if let credentials = request.credentials ?? configuration.credentials {
                try plan.authorize(try await credentials.authorization(files))
            }
            guard !Task.isCancelled else { throw Failure(.cancelled, "cancelled before it was sent") }
            let exchange = Exchange(plan, on: engine)
            engine.engine.post(.start(exchange))
            return exchange
        } catch {
            throw HTTPClientError(
                method: request.method, url: TransferPlan.withoutSecrets(request.url), socketPath: request.socketPath,
                cause: error.cause, detail: error.detail, mayHaveBeenReceived: false)
        }
    }
}

/// Stops the engine when neither the client nor any stream of it is left.
final class EngineOwner: Sendable {
    let engine: TransferEngine

    init(_ engine: TransferEngine) {
        self.engine = engine
    }

    deinit {
        engine.stop()
    }
}
