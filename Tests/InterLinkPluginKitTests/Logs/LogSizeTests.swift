import Glibc
import InterLinkSystem
import Synchronization
import TestSupport
import Testing

@testable import InterLinkPluginKit

@Suite struct LogSizeTests {
    /// A log of a gigabyte that takes no room: a hole, then lines.
    struct Huge: RangedReader {
        static let hole: Int64 = 1 << 30
        let lines = MemoryLog(Array((0..<1000).flatMap { "\n\($0)".utf8 }))

        func extent() async throws -> LogExtent? {
            LogExtent(size: Self.hole + (try await lines.extent()?.size ?? 0))
        }

        func read(at offset: Int64, count: Int) async throws -> [UInt8] {
            if offset < Self.hole { return [UInt8](repeating: 0, count: min(count, Int(Self.hole - offset))) }
            return try await lines.read(at: offset - Self.hole, count: count)
        }
    }

    @Test func theLastLinesOfAGigabyteTakeAFewReads() async throws {
        let huge = Huge()
        let answer = try await LogReader.forTests().text(LogSource(.ranges(huge)), LogQuery(tail: 2))
        #expect(answer == "998\n999")
        #expect(huge.lines.readCount < 10_000)
    }

    @Test func theLastLinesOfASparseFileAreFound() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("log")
        let descriptor = FileDescriptor(owning: open(path, O_WRONLY | O_CREAT, 0o600))
        #expect(ftruncate(descriptor.rawValue, off_t(Huge.hole)) == 0)
        try folder.write("\none\ntwo\n".utf8, to: "log", adding: true)
        #expect(try await LogReader.forTests().text(LogSource(.file(path: path)), LogQuery(tail: 2)) == "one\ntwo\n")

        let opener = LogOpener(pool: BlockingPool(name: "logs", threads: 1))
        let (log, extent) = try #require(try await opener.open(.file(path: path)))
        let counted = Counted(log: log)
        let start = try await LineScan.startOfLast(2, in: counted, from: 0, to: extent.size)
        #expect(start == extent.size - 8)
        #expect(counted.count.load(ordering: .relaxed) <= 64 << 10)
    }

    final class Counted: OpenLog {
        let log: any OpenLog
        let count = Atomic(0)

        init(log: any OpenLog) { self.log = log }

        func read(at offset: Int64, count: Int) async throws -> [UInt8] {
            self.count.add(count, ordering: .relaxed)
            return try await log.read(at: offset, count: count)
        }

        func look() async throws -> LogLook { try await log.look() }
    }

    @Test func whatIsNotInMemoryIsReadFromDisk() async throws {
        let folder = try TemporaryDirectory()
        let log = (0..<200_000).flatMap { "line \($0)\n".utf8 }
        let path = try folder.write(log, to: "log")
        let descriptor = FileDescriptor(owning: open(path, O_RDWR))
        fsync(descriptor.rawValue)
        posix_fadvise(descriptor.rawValue, 0, 0, Int32(POSIX_FADV_DONTNEED))
        #expect(try await LogReader.forTests().bytes(LogSource(.file(path: path)), LogQuery()) == log)
    }

    @Test func longLinesAndManyChunksComeOutWhole() async throws {
        let folder = try TemporaryDirectory()
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 700_000) + [UInt8(ascii: "\n")]
        let log = line + line + line
        let source = LogSource(.file(path: try folder.write(log, to: "log", modified: 5)))
        let reader = LogReader.forTests()
        #expect(try await reader.bytes(source, LogQuery()) == log)
        #expect(try await reader.bytes(source, LogQuery(tail: 2)) == line + line)
        let stamped = Array(LogReference.stamp(5).utf8) + line
        #expect(try await reader.bytes(source, LogQuery(timestamps: true)) == stamped + stamped + stamped)
    }
}
