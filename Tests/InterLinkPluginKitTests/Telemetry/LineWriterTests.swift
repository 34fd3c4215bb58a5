import Glibc
import Testing

@testable import InterLinkPluginKit

@Suite struct LineWriterTests {
    /// A pipe whose reader is as slow as the test wants.
    private struct Pipe {
        let reader: Int32
        let writer: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            (reader, writer) = (ends[0], ends[1])
        }

        func read(atLeast count: Int) -> [UInt8] {
            var bytes: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 65_536)
            while bytes.count < count {
                let got = Glibc.read(reader, &chunk, chunk.count)
                guard got > 0 else { break }
                bytes += chunk.prefix(got)
            }
            return bytes
        }

        func close() {
            Glibc.close(reader)
            Glibc.close(writer)
        }
    }

    @Test func aLineIsThereWhenTheCallReturns() throws {
        let pipe = try Pipe()
        defer { pipe.close() }
        let log = StandardErrorLog(format: .text, descriptor: pipe.writer, isJournal: true)
        Logger(to: log).error("x")
        #expect(fcntl(pipe.reader, F_SETFL, O_NONBLOCK) == 0)
        #expect(pipe.read(atLeast: 1) == Array("<3>ERROR x\n".utf8))
    }

    @Test func aReaderThatSleepsHoldsUpNobodyAndLosesNothingThatFits() async throws {
        let pipe = try Pipe()
        defer { pipe.close() }
        let writer = LineWriter(descriptor: pipe.writer)
        let lines = (0..<2_000).map { number in Array("\(number) \(String(repeating: "x", count: 100))\n".utf8) }
        // Twice what a pipe holds: the caller comes back although nobody reads.
        for line in lines { writer.write(line) }
        let all = lines.flatMap { $0 }
        #expect(pipe.read(atLeast: all.count) == all)
        await writer.flush(within: .seconds(60))
        #expect(writer.droppedLines == 0)
        // When it has caught up, lines are written at once again.
        writer.write(Array("last\n".utf8))
        #expect(pipe.read(atLeast: 5) == Array("last\n".utf8))
    }

    @Test func whatDoesNotFitIsDroppedAndCounted() throws {
        let pipe = try Pipe()
        let writer = LineWriter(descriptor: pipe.writer, limit: 10_000)
        let line = [UInt8](repeating: 0x78, count: 1_000)
        for _ in 0..<200 { writer.write(line) }
        // A pipe holds 65,536 bytes, the queue 10,000 more.
        #expect(writer.droppedLines >= 200 - 65 - 10 - 1)
        #expect(writer.droppedLines < 200)
        #expect(pipe.read(atLeast: (200 - writer.droppedLines) * 1_000).count == (200 - writer.droppedLines) * 1_000)
        pipe.close()
    }

    @Test func linesOfManyThreadsDoNotMix() async throws {
        let pipe = try Pipe()
        defer { pipe.close() }
        let writer = LineWriter(descriptor: pipe.writer)
        let expected = 8 * 500 * 101
        let reader = Task.detached { pipe.read(atLeast: expected) }
        await withTaskGroup(of: Void.self) { group in
            for letter in "abcdefgh".utf8 {
                group.addTask {
                    let line = [UInt8](repeating: letter, count: 100) + [0x0A]
                    for _ in 0..<500 { writer.write(line) }
                }
            }
        }
        let lines = await reader.value.split(separator: 0x0A)
        #expect(lines.count == 8 * 500)
        #expect(lines.allSatisfy { $0.count == 100 && Set($0).count == 1 })
    }

    @Test func onlyTheJournalsOwnStreamIsTheJournal() throws {
        let pipe = try Pipe()
        defer { pipe.close() }
        var facts = stat()
        #expect(fstat(pipe.writer, &facts) == 0)
        let told = "\(facts.st_dev):\(facts.st_ino)"
        #expect(StandardErrorLog.isJournal(pipe.writer, told: told))
        #expect(!StandardErrorLog.isJournal(pipe.writer, told: told + "0"))
        #expect(!StandardErrorLog.isJournal(pipe.writer, told: nil))
    }
}
