/// A log that can only be read from its beginning.
struct StreamedChunks {
    private var iterator: any AsyncIteratorProtocol<[UInt8], any Error>
    private var position: Int64 = 0

    init(_ stream: LogSource.ByteStream) {
        iterator = stream.makeAsyncIterator()
    }

    mutating func next() async throws -> LogChunk? {
        guard let bytes = try await iterator.next(isolation: nil) else { return nil }
        defer { position += Int64(bytes.count) }
        return LogChunk(bytes: bytes, offset: position, known: LogTime.now())
    }
}
