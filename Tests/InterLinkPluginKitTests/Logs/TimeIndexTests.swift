import InterLinkSystem
import Testing

@testable import InterLinkPluginKit

@Suite struct TimeIndexTests {
    private let opener = LogOpener(pool: BlockingPool(name: "index", threads: 1))

    @Test func damagedLinesArePassedOver() async throws {
        let text = "10 5\n\nrubbish\n11\n12 7 8\n-3 9\n13 -9\n99999999999999999999 1\n300000000000 1\n14 20\n15 2"
        let (log, _) = try #require(try await opener.open(.ranges(MemoryLog(Array(text.utf8)))))
        var entries = TimeIndexEntries(log)
        var found: [TimeIndexEntry] = []
        while let entry = try await entries.next() { found.append(entry) }
        #expect(found == [TimeIndexEntry(second: 10, offset: 5), TimeIndexEntry(second: 14, offset: 20)])
    }

    @Test func anIndexOfWeeksIsNotReadAsAWhole() async throws {
        let seconds = 1_500_000
        let first = 1_000_000_000
        // All lines are equally long, so that the first one that is looked at lies in the middle.
        let text = Array((0..<seconds).flatMap { "\(1_700_000_000 + $0) \(first + $0 * 100)\n".utf8 })
        let memory = MemoryLog(text)
        let index = TimeIndex(.ranges(memory), opener)
        for second in [0, 1, 77_777, 1_000_000, seconds - 1] + Array(seconds / 2 - 3...seconds / 2 + 3) {
            let time = Int64(1_700_000_000 + second)
            let offset = Int64(first + second * 100)
            let start = try await index.start(since: time, end: .max, modified: 1_800_000_000)
            #expect(start == (second == 0 ? 0 : offset - 100))
            var cursor = try await index.cursor(at: offset - 1)
            #expect(try await cursor.time(at: offset - 1, known: .max).second == time)
        }
        #expect(memory.readCount < text.count / 3)
    }

    @Test func rubbishInALargeIndexIsReadThrough() async throws {
        let rubbish = [UInt8](repeating: 0, count: 300_000)
        let text = Array("10 100\n".utf8) + rubbish + Array("\n20 200\n30 300\n".utf8)
        let index = TimeIndex(.ranges(MemoryLog(text)), opener)
        #expect(try await index.start(since: 30, end: 300, modified: 30) == 200)
    }

    @Test func aClockThatWasSetBackNeverMakesTimesGoBack() async throws {
        let log = MemoryLog(Array("a\nb\nc\nd\n".utf8), modified: 50)
        let source = LogSource(.ranges(log), timeIndex: .ranges(MemoryLog(Array("100 2\n40 4\n41 6\n".utf8))))
        let answer = try await LogReader.forTests().text(source, LogQuery(timestamps: true))
        let stamp = LogReference.stamp(100)
        #expect(answer == "\(stamp)a\n\(stamp)b\n\(stamp)c\n\(stamp)d\n")
        #expect(try await LogReader.forTests().text(source, LogQuery(since: .time(100))) == "a\nb\nc\nd\n")
    }

    @Test func anIndexBeyondTheLogIsCutToIt() async throws {
        let log = MemoryLog(Array("a\nb\n".utf8), modified: 50)
        let source = LogSource(.ranges(log), timeIndex: .ranges(MemoryLog(Array("10 2\n20 4000\n30 5000\n".utf8))))
        #expect(try await LogReader.forTests().text(source, LogQuery(since: .time(20))) == "b\n")
        #expect(try await LogReader.forTests().text(source, LogQuery(since: .time(30))) == "")
    }

    @Test(arguments: [0, 951_782_399, 951_782_400, 1_709_251_199, 1_795_170_011, LogTime.latest])
    func prefixesAreRFC3339(second: Int64) {
        #expect(LogTime.prefix(for: second) == Array(LogReference.stamp(second).utf8))
    }
}
