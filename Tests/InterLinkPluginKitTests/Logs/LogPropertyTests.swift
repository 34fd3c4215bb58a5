import TestSupport
import Testing

@testable import InterLinkPluginKit

@Suite struct LogPropertyTests {
    @Test(arguments: 0..<40) func everyAnswerIsThatOfTheReference(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let folder = try TemporaryDirectory()
        let reader = LogReader.forTests()
        let reference = Self.randomLog(&random)
        let path = try folder.write(reference.log, to: "log", modified: reference.modified)
        let times = try folder.write(reference.indexText, to: "times")
        for _ in 0..<25 {
            let piece = Int.random(in: 1...200, using: &random)
            let hasIndex = Bool.random(using: &random)
            var reference = reference
            if !hasIndex { reference.index = [] }
            let memory = MemoryLog(reference.log, modified: reference.modified, piece: piece)
            let memoryIndex = MemoryLog(reference.indexText, piece: piece)
            let pieces = Pieces(bytes: reference.log, piece: piece)

            let tail = Bool.random(using: &random) ? Int.random(in: 1...30, using: &random) : nil
            let since = Bool.random(using: &random) ? Int64.random(in: 990...1080, using: &random) : nil
            let limit = Bool.random(using: &random) ? Int.random(in: 1...2000, using: &random) : nil
            let query = LogQuery(
                tail: tail, since: since.map { .time($0) }, limitBytes: limit.map(Int64.init),
                timestamps: Bool.random(using: &random), follow: Bool.random(using: &random))
            let expected = reference.answer(
                tail: tail, since: since, timestamps: query.timestamps, limit: limit)

            let file = LogSource(.file(path: path), timeIndex: hasIndex ? .file(path: times) : nil)
            #expect(try await reader.bytes(file, query) == expected, "file, \(query)")
            let ranges = LogSource(.ranges(memory), timeIndex: hasIndex ? .ranges(memoryIndex) : nil)
            #expect(try await reader.bytes(ranges, query) == expected, "ranges, \(query)")
            // What a stream tells nothing of is when it was written, so only an index up to its end can be compared.
            if hasIndex, reference.index.last?.offset == reference.log.count {
                let stream = LogSource(stream: { _ in pieces }, timeIndex: .ranges(memoryIndex))
                #expect(try await reader.bytes(stream, query) == expected, "stream, \(query)")
            }
        }
    }

    /// Lines of any bytes, empty ones, a last one with or without its newline, and an index at random offsets.
    private static func randomLog(_ random: inout SeededGenerator) -> LogReference {
        var log: [UInt8] = []
        for _ in 0..<Int.random(in: 0...60, using: &random) {
            let length = [0, 1, 5, 80, 300].randomElement(using: &random) ?? 0
            log += (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            log += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        }
        if Bool.random(using: &random) { log += [0, 255, 13] }
        var index: [(second: Int64, offset: Int)] = []
        var second: Int64 = 1000
        var offset = 0
        while offset < log.count {
            offset = min(log.count, offset + Int.random(in: 0...400, using: &random))
            index.append((second, offset))
            second += Int64.random(in: 0...5, using: &random)
        }
        if Bool.random(using: &random), !index.isEmpty { index.removeLast() }
        return LogReference(log: log, index: index, modified: second)
    }
}
