/// One line of a time index: at that second the log was so many bytes long.
struct TimeIndexEntry: Equatable {
    let second: Int64
    let offset: Int64

    init(second: Int64, offset: Int64) {
        self.second = second
        self.offset = offset
    }

    /// Reads `epoch offset`; `nil` for anything else.
    init?(_ line: some Collection<UInt8>) {
        var numbers: [Int64] = []
        for field in line.split(separator: UInt8(ascii: " ")) {
            guard let number = Int64(String(decoding: field, as: UTF8.self)), number >= 0 else { return nil }
            numbers.append(number)
        }
        guard numbers.count == 2, numbers[0] <= LogTime.latest else { return nil }
        self.init(second: numbers[0], offset: numbers[1])
    }
}

/// The entries of a time index in order, as far as they have been written. Damaged lines are passed over, a last line
/// without its newline is still being written.
struct TimeIndexEntries {
    private static let blockSize = 64 << 10

    private let index: any OpenLog
    private var position: Int64
    private var parsed: [TimeIndexEntry] = []
    private var taken = 0

    init(_ index: any OpenLog, from position: Int64 = 0) {
        self.index = index
        self.position = position
    }

    mutating func next() async throws -> TimeIndexEntry? {
        while taken == parsed.count {
            let block = try await index.read(at: position, count: Self.blockSize)
            guard let last = block.lastIndex(of: LineScan.newline) else {
                guard block.count == Self.blockSize else { return nil }
                position += Int64(block.count)
                continue
            }
            position += Int64(last + 1)
            parsed = block[...last].split(separator: LineScan.newline).compactMap { TimeIndexEntry($0) }
            taken = 0
        }
        defer { taken += 1 }
        return parsed[taken]
    }

    /// The beginning of an entry that is not `wanted`, close before the first one that is; 0 if there is none.
    ///
    /// Bisects, so that the index of a log of weeks is not read as a whole.
    static func position(
        before wanted: (TimeIndexEntry) -> Bool, in index: any OpenLog, size: Int64
    ) async throws -> Int64 {
        var low: Int64 = 0
        var high = size
        while high - low > Int64(blockSize) {
            let middle = low + (high - low) / 2
            let probe = try await index.read(at: middle, count: 256)
            // Where nothing can be made out, the rest is read in order.
            guard let (entry, start) = firstEntry(in: probe) else { break }
            if wanted(entry) { high = middle } else { low = middle + Int64(start) }
        }
        return low
    }

    /// The first whole entry of bytes that begin somewhere in a line, and where it begins.
    private static func firstEntry(in bytes: [UInt8]) -> (TimeIndexEntry, start: Int)? {
        var start = bytes.firstIndex(of: LineScan.newline).map { $0 + 1 }
        while let lineStart = start, let lineEnd = bytes[lineStart...].firstIndex(of: LineScan.newline) {
            if let entry = TimeIndexEntry(bytes[lineStart..<lineEnd]) { return (entry, lineStart) }
            start = lineEnd + 1
        }
        return nil
    }
}
