extension HTTPClient {
    /// What stands before the body of an answer.
    public struct ResponseHead: Hashable, Sendable {
        /// The code, as 200.
        public let status: Int
        /// The fields.
        public let headers: Headers
    }

    /// A whole answer, whatever its code says.
    public struct Response: Hashable, Sendable {
        /// Code and fields.
        public let head: ResponseHead
        /// The bytes.
        public let body: [UInt8]

        /// The code, as 200.
        public var status: Int { head.status }
        /// The fields.
        public var headers: Headers { head.headers }
        /// The bytes as text; what is not UTF-8 is replaced.
        public var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// An answer whose body is still on its way.
    public struct StreamedResponse: Sendable {
        /// Code and fields.
        public let head: ResponseHead
        /// The bytes, to be read once.
        public let body: Body

        /// The code, as 200.
        public var status: Int { head.status }
        /// The fields.
        public var headers: Headers { head.headers }
    }

    /// The bytes of an answer as they come, in pieces of any size. They can be read once.
    public struct Body: AsyncSequence, Sendable {
        /// Some bytes; never none.
        public typealias Element = [UInt8]
        /// Why no more come.
        public typealias Failure = HTTPClientError

        private let owner: BodyOwner

        init(_ owner: BodyOwner) {
            self.owner = owner
        }

        /// Reads the next piece, and waits for it if none is there.
        public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
            fileprivate let owner: BodyOwner

            /// The next piece; `nil` at the end.
            public mutating func next() async throws(HTTPClientError) -> [UInt8]? {
                try await piece()
            }

            /// The next piece; `nil` at the end.
            public mutating func next(
                isolation actor: isolated (any Actor)?
            ) async throws(HTTPClientError) -> [UInt8]? {
                try await piece()
            }

            private func piece() async throws(HTTPClientError) -> [UInt8]? {
                let exchange = owner.exchange
                return try await exchange.cancellable { () async throws(HTTPClientError) in
                    try await exchange.nextPiece()
                }
            }
        }

        /// Goes on where the last reader stopped.
        public func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(owner: owner)
        }

        /// Reads the rest, up to so many bytes; what is longer is an error.
        public func collect(upTo limit: Int) async throws(HTTPClientError) -> [UInt8] {
            var bytes: [UInt8] = []
            for try await piece in self {
                guard bytes.count + piece.count <= limit else { throw owner.exchange.tooLarge(limit) }
                bytes += piece
            }
            return bytes
        }
    }
}

/// Ends the transfer when nobody can read its body any more.
final class BodyOwner: Sendable {
    let exchange: Exchange

    init(_ exchange: Exchange) {
        self.exchange = exchange
    }

    deinit {
        exchange.cancel()
    }
}
