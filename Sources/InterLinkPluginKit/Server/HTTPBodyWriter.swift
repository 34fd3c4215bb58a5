/// Where a streamed body is written to.
///
/// Each write goes to the client at once, and waits while the client does not read.
struct HTTPBodyWriter: Sendable {
    private enum Destination: Sendable {
        case client(ClientSocket, isChunked: Bool)
        case memory(@Sendable ([UInt8]) -> Void)
    }

    private let destination: Destination

    init(socket: ClientSocket, isChunked: Bool) {
        destination = .client(socket, isChunked: isChunked)
    }

    /// A writer for tests, without a client.
    init(collecting collect: @escaping @Sendable ([UInt8]) -> Void) {
        destination = .memory(collect)
    }

    /// Sends `bytes`; throws when the client has left or takes nothing for too long.
    func write(_ bytes: [UInt8]) async throws {
        // An empty chunk would end the body.
        guard !bytes.isEmpty else { return }
        switch destination {
        case .client(let socket, isChunked: true):
            let size = String(bytes.count, radix: 16) + "\r\n"
            try await socket.send(Array(size.utf8), bytes, Array("\r\n".utf8))
        case .client(let socket, isChunked: false): try await socket.send(bytes)
        case .memory(let collect): collect(bytes)
        }
    }

    func end() async throws {
        if case .client(let socket, isChunked: true) = destination {
            try await socket.send(Array("0\r\n\r\n".utf8))
        }
    }
}
