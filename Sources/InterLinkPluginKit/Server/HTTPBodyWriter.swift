/// Where a streamed body is written to.
///
/// Each write goes to the client at once, and waits while the client does not read.
struct HTTPBodyWriter: Sendable {
    private let socket: ClientSocket
    private let isChunked: Bool

    init(socket: ClientSocket, isChunked: Bool) {
        self.socket = socket
        self.isChunked = isChunked
    }

    /// Sends `bytes`; throws when the client has left or takes nothing for too long.
    func write(_ bytes: [UInt8]) async throws {
        // An empty chunk would end the body.
        guard !bytes.isEmpty else { return }
        if isChunked {
            let size = String(bytes.count, radix: 16) + "\r\n"
            try await socket.send(Array(size.utf8), bytes, Array("\r\n".utf8))
        } else {
            try await socket.send(bytes)
        }
    }

    func end() async throws {
        if isChunked { try await socket.send(Array("0\r\n\r\n".utf8)) }
    }
}
