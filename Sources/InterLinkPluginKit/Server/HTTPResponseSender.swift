import InterLinkSystem

/// Sends the answer to one request.
struct HTTPResponseSender {
    let context: HTTPServerContext
    let socket: ClientSocket
    let request: HTTPRequestHead

    /// Bodies smaller than this are not worth packing.
    private static let smallestPacked = 1 << 10

    /// Returns whether the connection can go on.
    func send(_ response: HTTPResponse, closes: Bool, packs: Bool) async throws -> Bool {
        switch response.body {
        case .bytes(let bytes):
            if packs, bytes.count >= Self.smallestPacked, acceptsGzip, let packed = await pack(response, bytes) {
                try await send(packed.response, packed.bytes, closes: closes)
            } else {
                try await send(response, bytes, closes: closes)
            }
            return !closes
        case .stream(let write):
            // HTTP/1.0 knows no chunks: the end of the connection is the end of the body.
            let isChunked = request.isVersion11
            let framing: HTTPResponseEncoder.Framing = isChunked ? .chunked : .open
            try await socket.send(context.encoder.head(of: response, framing: framing, closes: closes || !isChunked))
            if request.method != .head { try await stream(HTTPBodyWriter(socket: socket, isChunked: isChunked), write) }
            return !closes && isChunked
        }
    }

    private func send(_ response: HTTPResponse, _ bytes: [UInt8], closes: Bool) async throws {
        guard response.status.allowsBody else {
            return try await socket.send(context.encoder.head(of: response, framing: .open, closes: closes))
        }
        let head = context.encoder.head(of: response, framing: .length(bytes.count), closes: closes)
        try await socket.send(head, request.method == .head ? [] : bytes)
    }

    /// Runs the writer of the body beside a wait for the client's end, whichever comes first.
    private func stream(
        _ writer: HTTPBodyWriter, _ write: @escaping @Sendable (HTTPBodyWriter) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask(executorPreference: globalConcurrentExecutor) {
                try await write(writer)
                return true
            }
            group.addTask { [watch = socket.watch] in
                try await watch.hungUp()
                return false
            }
            let isComplete = try await group.next() ?? false
            group.cancelAll()
            if !isComplete { throw HTTPClientGone() }
        }
        try await writer.end()
    }

    private var acceptsGzip: Bool {
        request.headers.elements(of: "Accept-Encoding").contains { element in
            let parts = element.split(separator: ";", maxSplits: 1)
            guard parts.first.map({ $0.drop { $0 == " " } })?.prefix(4) == "gzip" else { return false }
            let quality = parts.dropFirst().first?.filter { $0 != " " } ?? ""
            return !["q=0", "q=0.0", "q=0.00", "q=0.000"].contains(quality)
        }
    }

    private func pack(_ response: HTTPResponse, _ bytes: [UInt8]) async -> (response: HTTPResponse, bytes: [UInt8])? {
        guard !response.headers.contains(where: { $0.name.lowercased() == "content-encoding" }) else { return nil }
        let packed = await offLoop(when: bytes.count > 16 << 10) { Gzip.pack(bytes) }
        guard let packed, packed.count < bytes.count else { return nil }
        var response = response
        response.headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
        return (response, packed)
    }
}
