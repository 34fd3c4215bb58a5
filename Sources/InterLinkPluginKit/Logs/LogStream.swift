/// The bytes of one answer about a log, in chunks, each as soon as it is there.
///
/// Can be read once. It ends by itself; when whoever reads it is cancelled, it throws `CancellationError`.
package struct LogStream: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    package typealias Failure = any Error

    /// Where the bytes come from.
    enum Origin: Sendable {
        case stored(StoredChunks)
        case stream(LogSource.ByteStream)
    }

    private let origin: Origin
    private let skipper: LogSkipper
    private let stamper: LineStamper?
    private let limit: Int

    init(_ origin: Origin, skipping skipper: LogSkipper, stamper: LineStamper?, limit: Int64?) {
        self.origin = origin
        self.skipper = skipper
        self.stamper = stamper
        self.limit = limit.map { Int(clamping: $0) } ?? .max
    }

    package func makeAsyncIterator() -> Iterator {
        let chunks: Iterator.Chunks =
            switch origin {
            case .stored(let chunks): .stored(chunks)
            case .stream(let stream): .streamed(StreamedChunks(stream))
            }
        return Iterator(chunks: chunks, skipper: skipper, stamper: stamper, left: limit)
    }

    /// The chunks in order.
    package struct Iterator: AsyncIteratorProtocol {
        fileprivate enum Chunks {
            case stored(StoredChunks)
            case streamed(StreamedChunks)

            mutating func next(limit: Int) async throws -> LogChunk? {
                switch self {
                case .stored(var chunks):
                    defer { self = .stored(chunks) }
                    return try await chunks.next(limit: limit)
                case .streamed(var chunks):
                    defer { self = .streamed(chunks) }
                    return try await chunks.next()
                }
            }
        }

        fileprivate var chunks: Chunks
        fileprivate var skipper: LogSkipper
        fileprivate var stamper: LineStamper?
        /// The bytes that may still be given.
        fileprivate var left: Int

        package mutating func next() async throws -> [UInt8]? {
            while left > 0 {
                // Timestamps and lines left out change the count, so the limit can be used as a size only without them.
                let isPlain = stamper == nil && skipper.bytes == 0 && skipper.lines == 0
                guard let chunk = try await chunks.next(limit: isPlain ? left : .max) else { return nil }
                guard let wanted = skipper.skip(chunk) else { continue }
                var bytes = try await stamper?.stamp(wanted) ?? wanted.bytes
                if bytes.isEmpty { continue }
                if bytes.count > left { bytes.removeLast(bytes.count - left) }
                left -= bytes.count
                return bytes
            }
            return nil
        }
    }
}
