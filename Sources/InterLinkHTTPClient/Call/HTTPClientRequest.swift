extension HTTPClient {
    /// What to ask, and within which limits.
    ///
    /// ```swift
    /// var request = HTTPClient.Request(.get, "https://site.example/jobs/42/log")
    /// request.range = .from(1_000_000)
    /// ```
    public struct Request: Sendable {
        /// The method. Every method may have a body.
        public var method: Method

        /// An absolute `http` or `https` URL without a user or password in it.
        public var url: String

        /// The unix socket to connect to; the host of `url` is then only a name for the `Host` field.
        public var socketPath: String?

        /// Fields beside those that the client makes: `Content-Length`, `Host` and the authorization.
        public var headers = Headers()

        /// The body; `nil` sends none, and no length either.
        public var body: [UInt8]?

        /// Who asks; overrides what the configuration of the client says.
        public var credentials: HTTPCredentials?

        /// Which part of the resource is wanted. The server may ignore it: 206 says that it did not.
        public var range: ByteRange?

        /// The times that it may take; overrides what the configuration of the client says.
        public var deadlines: Deadlines?

        /// The longest body of an answer that is taken; overrides what the configuration of the client says.
        public var answerLimit: Int?

        /// Whether the client may send it again when a kept connection turns out to be closed: then it cannot be known
        /// whether the server acted on it. By default what the method promises.
        public var isIdempotent: Bool

        /// A request of that method to that URL.
        public init(_ method: Method, _ url: String, body: [UInt8]? = nil) {
            self.method = method
            self.url = url
            self.body = body
            isIdempotent = method.isIdempotent
        }
    }

    /// A part of a resource, in bytes.
    public enum ByteRange: Hashable, Sendable {
        /// From that offset to the end.
        case from(Int)
        /// From the first to the last offset, both included.
        case span(ClosedRange<Int>)
        /// So many bytes at the end.
        case last(Int)

        var fieldValue: String {
            switch self {
            case .from(let offset): "bytes=\(offset)-"
            case .span(let offsets): "bytes=\(offsets.lowerBound)-\(offsets.upperBound)"
            case .last(let count): "bytes=-\(count)"
            }
        }
    }

    /// How long the steps of an exchange may take; `nil` is for ever.
    public struct Deadlines: Hashable, Sendable {
        /// Finding the name, connecting, and TLS.
        public var connect: Duration?
        /// From the last byte of the request that could be sent to the end of the answer's header.
        public var headers: Duration?
        /// Between two pieces of the answer's body, while somebody wants them.
        public var stall: Duration?
        /// All of it.
        public var total: Duration?

        /// Deadlines; those left out have values that suit short calls to a service.
        public init(
            connect: Duration? = .seconds(10), headers: Duration? = .seconds(60), stall: Duration? = .seconds(60),
            total: Duration? = nil
        ) {
            self.connect = connect
            self.headers = headers
            self.stall = stall
            self.total = total
        }
    }
}
