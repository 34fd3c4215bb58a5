import Glibc

/// Lines in bytes. A line ends with its newline; the last one may lack it.
enum LineScan {
    static let newline = UInt8(ascii: "\n")

    /// Where the last `count` lines before `end` begin, never before `floor`.
    ///
    /// Reads backwards in growing blocks, so that a few lines of a large log cost a few reads.
    static func startOfLast(
        _ count: Int, in log: any OpenLog, from floor: Int64, to end: Int64
    ) async throws -> Int64 {
        guard end > floor else { return floor }
        var blockSize: Int64 = 64 << 10
        var blockEnd = end
        // The newline before the wanted lines is one of these; that of the last line, if it has one, comes in addition.
        var wanted = count
        while blockEnd > floor {
            let blockStart = max(floor, blockEnd - blockSize)
            let block = try await log.read(at: blockStart, count: Int(blockEnd - blockStart))
            if blockEnd == end, block.last == newline { wanted = wanted == .max ? wanted : wanted + 1 }
            let found = countNewlines(in: block)
            if found >= wanted { return blockStart + Int64(afterNewline(wanted, fromEndOf: block)) }
            wanted -= found
            blockEnd = blockStart
            blockSize = min(blockSize * 2, 1 << 20)
        }
        return floor
    }

    static func countNewlines(in bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { buffer in
            buffer.reduce(into: 0) { $0 &+= $1 == newline ? 1 : 0 }
        }
    }

    /// The position after the first newline in `bytes` at or after `start`.
    static func afterNewline(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + start, Int32(newline), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - base + 1
    }

    private static func afterNewline(_ ordinal: Int, fromEndOf block: [UInt8]) -> Int {
        var left = ordinal
        for index in block.indices.reversed() where block[index] == newline {
            left -= 1
            if left == 0 { return index + 1 }
        }
        return 0
    }
}
