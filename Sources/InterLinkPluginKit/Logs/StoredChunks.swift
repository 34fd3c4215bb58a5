/// A log that can be read anywhere, in chunks, from a position on: to where it ends now, or for as long as it grows.
struct StoredChunks: Sendable {
    /// Large enough that what is done once a chunk costs little beside the copying; a client that reads nothing holds up
    /// a smaller one.
    private static let largestChunk = 1 << 20
    private var chunkSize = 64 << 10

    /// What following needs to know.
    struct Follow: Sendable {
        let bytes: LogBytes
        let hasEnded: @Sendable () async -> Bool
        var wait: FollowWait
    }

    private let opener: LogOpener
    private var log: (any OpenLog)?
    private var successor: (log: any OpenLog, extent: LogExtent)?
    private var position: Int64
    private var extent: LogExtent
    private var follow: Follow?
    private var isComplete: Bool
    private var isWatched = false
    /// Whether the last look found more, so that looking again at once would find little.
    private var hasProgressed = false

    /// What was found, or `nil` where there is nothing yet, from `position` on. Without `follow` it stops where the log
    /// ends now.
    init(_ found: (log: any OpenLog, extent: LogExtent)?, from position: Int64, opener: LogOpener, follow: Follow?) {
        self.opener = opener
        self.position = position
        self.follow = follow
        log = found?.log
        extent = found?.extent ?? LogExtent(size: 0)
        isComplete = follow == nil
    }

    /// The next chunk, of at most `limit` bytes; `nil` at the end.
    mutating func next(limit: Int) async throws -> LogChunk? {
        while true {
            try Task.checkCancellation()
            if let log, position < extent.size {
                let count = min(Int64(min(limit, chunkSize)), extent.size - position)
                chunkSize = min(chunkSize * 2, Self.largestChunk)
                let bytes = try await log.read(at: position, count: Int(count))
                if !bytes.isEmpty {
                    defer { position += Int64(bytes.count) }
                    return LogChunk(bytes: bytes, offset: position, known: extent.modified ?? LogTime.now())
                }
                // It was truncated after it was looked at.
                extent.size = position
            } else if let next = successor {
                (log, extent, successor) = (next.log, next.extent, nil)
                position = 0
                isWatched = false
            } else if isComplete {
                return nil
            } else {
                try await grow()
            }
        }
    }

    /// Looks for more, and waits if there is none.
    private mutating func grow() async throws {
        guard var follow else { return }
        defer { self.follow = follow }
        if hasProgressed { try await follow.wait.afterProgress() }
        if !isWatched, log != nil {
            await follow.wait.watchFile()
            isWatched = true
        }
        // Asked before looking: whatever was printed before the end is then seen by the look.
        isComplete = await follow.hasEnded()
        hasProgressed = try await look(follow)
        if !hasProgressed, !isComplete { try await follow.wait.afterNothing() }
    }

    private mutating func look(_ follow: Follow) async throws -> Bool {
        guard let log else {
            guard let found = try await opener.open(follow.bytes) else { return false }
            (self.log, extent) = found
            return extent.size > position
        }
        switch try await log.look() {
        case .here(let now):
            extent = now
            // Truncated: what is there now was written since.
            if now.size < position { position = 0 }
            return now.size > position
        case .replaced(let finalSize, let next, let nextExtent):
            extent.size = finalSize
            successor = (next, nextExtent)
            return true
        }
    }
}
