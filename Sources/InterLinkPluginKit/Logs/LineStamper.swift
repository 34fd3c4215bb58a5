/// Puts its time before each line, however lines are cut into chunks.
struct LineStamper: Sendable {
    private let index: TimeIndex
    private var cursor: TimeIndexCursor?
    private var position: Int64 = 0
    private var isAtLineStart = true
    private var second: Int64 = 0
    private var prefix: [UInt8] = []

    init(_ index: TimeIndex) {
        self.index = index
    }

    mutating func stamp(_ chunk: LogChunk) async throws -> [UInt8] {
        var cursor: TimeIndexCursor
        if let known = self.cursor, known.hasIndex, chunk.offset == position {
            cursor = known
        } else {
            // The first chunk, no index yet, or a log that was truncated or replaced together with its index.
            cursor = try await index.cursor(at: chunk.offset)
        }
        var stamped: [UInt8] = []
        stamped.reserveCapacity(chunk.bytes.count * 3 / 2 + 64)
        var done = 0
        while done < chunk.bytes.count {
            var until = chunk.bytes.count
            if isAtLineStart {
                let time = try await cursor.time(at: chunk.offset + Int64(done), known: chunk.known)
                setTime(time.second)
                if let limit = time.until { until = Int(min(limit - chunk.offset, Int64(until))) }
            } else {
                // What is left of a line that has its time already.
                until = done + 1
            }
            done = appendLines(of: chunk.bytes, from: done, startingBefore: until, to: &stamped)
        }
        position = chunk.offset + Int64(chunk.bytes.count)
        self.cursor = cursor
        return stamped
    }

    private mutating func setTime(_ second: Int64) {
        guard prefix.isEmpty || second != self.second else { return }
        self.second = second
        prefix = LogTime.prefix(for: second)
    }

    /// Appends whole lines, or what there is of the last one; returns where the next one begins.
    private mutating func appendLines(
        of bytes: [UInt8], from start: Int, startingBefore limit: Int, to stamped: inout [UInt8]
    ) -> Int {
        bytes.withUnsafeBytes { buffer in
            var start = start
            while start < limit {
                if isAtLineStart { stamped.append(contentsOf: prefix) }
                let lineEnd = LineScan.afterNewline(in: buffer, from: start)
                stamped.append(contentsOf: buffer[start..<(lineEnd ?? buffer.count)])
                isAtLineStart = lineEnd != nil
                start = lineEnd ?? buffer.count
            }
            return start
        }
    }
}
