/// Bytes of a log, and what is known of them.
struct LogChunk {
    var bytes: [UInt8]
    /// Where they lie in the log.
    var offset: Int64
    /// When they were certainly there, in seconds since 1970.
    var known: Int64
}

/// Leaves out the beginning of a log: so many bytes, then so many lines.
struct LogSkipper {
    var bytes: Int64 = 0
    var lines = 0

    /// Leaves out what is left of a line that began before `start`, by beginning one byte earlier: where a line begins at
    /// `start`, that byte is the newline before it.
    mutating func skipLine(before start: inout Int64) {
        guard start > 0 else { return }
        start -= 1
        lines = 1
    }

    /// Returns `nil` if nothing of it is left.
    mutating func skip(_ chunk: LogChunk) -> LogChunk? {
        guard bytes > 0 || lines > 0 else { return chunk }
        var start = Int(min(bytes, Int64(chunk.bytes.count)))
        bytes -= Int64(start)
        chunk.bytes.withUnsafeBytes { buffer in
            while lines > 0, start < buffer.count {
                guard let next = LineScan.afterNewline(in: buffer, from: start) else {
                    start = buffer.count
                    return
                }
                lines -= 1
                start = next
            }
        }
        guard start < chunk.bytes.count else { return nil }
        return LogChunk(
            bytes: Array(chunk.bytes[start...]), offset: chunk.offset + Int64(start), known: chunk.known)
    }
}
