package import InterLinkSystem

/// Answers requests for logs, whatever backend they come from.
///
/// ```swift
/// let stream = try await reader.open(source, query, hasEnded: { await engine.hasEnded(container) })
/// for try await chunk in stream { try await response.write(chunk) }
/// ```
package struct LogReader: Sendable {
    private let opener: LogOpener
    private let watcher: FileWatcher?
    private let pace: FollowPace

    /// - Parameters:
    ///   - pool: Threads for reading files.
    ///   - watcher: Tells of changes of local files; without one followers look now and then.
    ///   - pace: How often followers look.
    package init(pool: BlockingPool, watcher: FileWatcher? = nil, pace: FollowPace = FollowPace()) {
        opener = LogOpener(pool: pool)
        self.watcher = watcher
        self.pace = pace
    }

    /// Finds where the answer begins. What can be wrong with a log is thrown here, before the first byte is sent; a log
    /// that is not there yet is empty. `hasEnded` is what the host knows about the end of the container, for backends
    /// that do not tell.
    package func open(
        _ source: LogSource, _ query: LogQuery, hasEnded: @escaping @Sendable () async -> Bool = { false }
    ) async throws -> LogStream {
        switch source.content {
        case .answer(let answer):
            return LogStream(.stream(try await answer(query)), skipping: LogSkipper(), stamper: nil, limit: nil)
        case .output(let output): return try await open(output, of: source, query, hasEnded: hasEnded)
        }
    }

    private func open(
        _ output: LogSource.Output, of source: LogSource, _ query: LogQuery,
        hasEnded: @escaping @Sendable () async -> Bool
    ) async throws -> LogStream {
        if query.previous {
            guard let previous = try await source.previous?() else { throw LogError.noPreviousRun }
            var query = query
            query.previous = false
            return try await open(previous, query, hasEnded: { true })
        }
        let index = TimeIndex(source.timeIndex, opener)
        let stamper = query.timestamps ? LineStamper(index) : nil
        let (origin, skipper) =
            switch output {
            case .stored(let bytes):
                try await stored(bytes, index, query, end(of: source, hasEnded))
            case .stream(let stream):
                try await streamed(stream, index, query)
            }
        return LogStream(origin, skipping: skipper, stamper: stamper, limit: query.limitBytes)
    }

    private func stored(
        _ bytes: LogBytes, _ index: TimeIndex, _ query: LogQuery, _ hasEnded: @escaping @Sendable () async -> Bool
    ) async throws -> (LogStream.Origin, LogSkipper) {
        let found = try await opener.open(bytes)
        var start: Int64 = 0
        var skipper = LogSkipper()
        if let (log, extent) = found {
            if let second = query.since?.second {
                start = try await index.start(
                    since: second, end: extent.size, modified: extent.modified ?? LogTime.now())
            }
            let first = start
            if let tail = query.tail {
                start = try await LineScan.startOfLast(tail, in: log, from: start, to: extent.size)
            }
            if start == first { skipper.skipLine(before: &start) }
        }
        let follow =
            query.follow
            ? StoredChunks.Follow(bytes: bytes, hasEnded: hasEnded, wait: FollowWait(for: bytes, pace, watcher)) : nil
        return (.stored(StoredChunks(found, from: start, opener: opener, follow: follow)), skipper)
    }

    private func streamed(
        _ stream: @Sendable (_ follow: Bool) async throws -> LogSource.ByteStream, _ index: TimeIndex, _ query: LogQuery
    ) async throws -> (LogStream.Origin, LogSkipper) {
        var skipper = LogSkipper()
        if let second = query.since?.second {
            var start = try await index.start(since: second, end: .max, modified: LogTime.now())
            skipper.skipLine(before: &start)
            skipper.bytes = start
        }
        if let tail = query.tail {
            // Read once to count, so that nothing needs to be kept, however long the lines are.
            let lines = try await countLines(StreamedChunks(try await stream(false)), skipper)
            skipper.lines += max(0, lines - tail)
        }
        return (.stream(try await stream(query.follow)), skipper)
    }

    private func countLines(_ chunks: StreamedChunks, _ skipper: LogSkipper) async throws -> Int {
        var chunks = chunks
        var skipper = skipper
        var lines = 0
        var isOpen = false
        while let chunk = try await chunks.next() {
            guard let wanted = skipper.skip(chunk) else { continue }
            lines += LineScan.countNewlines(in: wanted.bytes)
            isOpen = wanted.bytes.last != LineScan.newline
        }
        return isOpen ? lines + 1 : lines
    }

    /// The backend's word where it has one and knows.
    private func end(
        of source: LogSource, _ hostKnows: @escaping @Sendable () async -> Bool
    ) -> @Sendable () async -> Bool {
        guard let backendKnows = source.hasEnded else { return hostKnows }
        return {
            if let known = try? await backendKnows() { return known }
            return await hostKnows()
        }
    }
}

extension LogQuery.Since {
    fileprivate var second: Int64 {
        switch self {
        case .secondsAgo(let seconds): LogTime.now() - seconds
        case .time(let second): second
        }
    }
}
