import Glibc
import InterLinkSystem
import Synchronization
import TestSupport
import Testing

@testable import InterLinkPluginKit

@Suite(.timeLimit(.minutes(2))) struct LogFollowTests {
    /// One follower, and what it has been given so far.
    final class Follower: Sendable {
        private let got = Lock<[UInt8]>([])
        private let reading: Task<Void, any Error>

        init(_ stream: LogStream) {
            let got = got
            reading = Task {
                for try await chunk in stream { got.withLock { $0 += chunk } }
            }
        }

        var text: String { String(decoding: got.withLock { $0 }, as: UTF8.self) }

        func waits(for wanted: String) async throws {
            while text != wanted {
                if text.utf8.count > wanted.utf8.count { Issue.record("\(text.debugDescription) is too much"); return }
                try await Task.sleep(for: .milliseconds(1))
            }
        }

        func ends() async throws { try await reading.value }
        func cancel() { reading.cancel() }
    }

    let folder: TemporaryDirectory
    let ended = Lock(false)

    init() throws { folder = try TemporaryDirectory() }

    private func follow(
        _ query: LogQuery = LogQuery(follow: true), index: Bool = false, reader: LogReader = .forTests()
    ) async throws -> Follower {
        let source = LogSource(
            .file(path: folder.path("log")), timeIndex: index ? .file(path: folder.path("times")) : nil)
        return Follower(try await reader.open(source, query, hasEnded: { [ended] in ended.withLock { $0 } }))
    }

    private func end() { ended.withLock { $0 = true } }

    @Test func itGivesWhatIsThereAndGoesOnUntilTheContainerEnds() async throws {
        try folder.write("one\n".utf8, to: "log")
        let follower = try await follow()
        try await follower.waits(for: "one\n")
        try folder.write("two".utf8, to: "log", adding: true)
        try await follower.waits(for: "one\ntwo")
        try folder.write("!\nlast words".utf8, to: "log", adding: true)
        end()
        try await follower.ends()
        #expect(follower.text == "one\ntwo!\nlast words")
    }

    @Test func itWaitsForALogThatIsNotThereYet() async throws {
        let follower = try await follow(LogQuery(tail: 1, follow: true))
        try await Task.sleep(for: .milliseconds(20))
        try folder.write("one\ntwo\n".utf8, to: "log")
        try await follower.waits(for: "one\ntwo\n")
        end()
        try await follower.ends()
    }

    @Test func aContainerThatEndedWithoutALogEndsIt() async throws {
        end()
        let follower = try await follow()
        try await follower.ends()
        #expect(follower.text == "")
    }

    @Test func theLastLinesAreFollowedByAllThatIsNew() async throws {
        try folder.write("one\ntwo\nsix\n".utf8, to: "log")
        let follower = try await follow(LogQuery(tail: 1, follow: true))
        try await follower.waits(for: "six\n")
        try folder.write("ten\n".utf8, to: "log", adding: true)
        try await follower.waits(for: "six\nten\n")
        end()
        try await follower.ends()
    }

    @Test func theLimitOfBytesEndsIt() async throws {
        try folder.write("one\n".utf8, to: "log")
        let follower = try await follow(LogQuery(limitBytes: 6, follow: true))
        try await follower.waits(for: "one\n")
        try folder.write("two\n".utf8, to: "log", adding: true)
        try await follower.ends()
        #expect(follower.text == "one\ntw")
    }

    @Test func aTruncatedLogIsReadFromItsNewBeginning() async throws {
        try folder.write("a long first line\n".utf8, to: "log")
        let follower = try await follow()
        try await follower.waits(for: "a long first line\n")
        try folder.write("new\n".utf8, to: "log")
        try await follower.waits(for: "a long first line\nnew\n")
        end()
        try await follower.ends()
    }

    @Test func aReplacedLogIsReadToItsEndAndThenTheNewOne() async throws {
        try folder.write("one\n".utf8, to: "log")
        let follower = try await follow()
        try await follower.waits(for: "one\n")
        rename(folder.path("log"), folder.path("log.1"))
        try folder.write("two\n".utf8, to: "log.1", adding: true)
        try folder.write("six\n".utf8, to: "log")
        try await follower.waits(for: "one\ntwo\nsix\n")
        try folder.write("ten\n".utf8, to: "log", adding: true)
        end()
        try await follower.ends()
        #expect(follower.text == "one\ntwo\nsix\nten\n")
    }

    @Test func aRemovedLogIsStillReadToItsEnd() async throws {
        try folder.write("one\n".utf8, to: "log")
        let follower = try await follow()
        try await follower.waits(for: "one\n")
        unlink(folder.path("log"))
        end()
        try await follower.ends()
        #expect(follower.text == "one\n")
    }

    @Test func whatWasBegunBeforeTheWantedTimeIsNotContinued() async throws {
        try folder.write("begun long ago".utf8, to: "log", modified: 1000)
        let follower = try await follow(LogQuery(since: .time(2000), follow: true))
        try await Task.sleep(for: .milliseconds(10))
        try folder.write(" and ended\nnew\n".utf8, to: "log", adding: true)
        try await follower.waits(for: "new\n")
        end()
        try await follower.ends()
    }

    @Test func eachNewLineGetsOneTimestampHoweverItArrives() async throws {
        try folder.write("one\ntw".utf8, to: "log", modified: 500)
        try folder.write("100 4\n".utf8, to: "times")
        let follower = try await follow(LogQuery(timestamps: true, follow: true), index: true)
        let begun = "\(LogReference.stamp(100))one\n\(LogReference.stamp(500))tw"
        try await follower.waits(for: begun)
        try folder.write("200 8\n700 12\n".utf8, to: "times", adding: true)
        try folder.write("o\nsix\n".utf8, to: "log", adding: true, modified: 800)
        try await follower.waits(for: "\(begun)o\n\(LogReference.stamp(700))six\n")
        end()
        try await follower.ends()
    }

    @Test func anIndexThatComesLaterIsUsed() async throws {
        let follower = try await follow(LogQuery(timestamps: true, follow: true), index: true)
        try folder.write("100 4\n".utf8, to: "times")
        try folder.write("one\n".utf8, to: "log")
        try await follower.waits(for: "\(LogReference.stamp(100))one\n")
        end()
        try await follower.ends()
    }

    @Test func nothingIsLostOrDoubledWhileTheLogGrows() async throws {
        try folder.write([], to: "log")
        let follower = try await follow()
        var expected = ""
        for number in 0..<300 {
            let line = "line \(number) \(String(repeating: "x", count: number % 97))\n"
            expected += line
            try folder.write(line.utf8, to: "log", adding: true)
            if number % 10 == 0 { await Task.yield() }
        }
        end()
        try await follower.ends()
        #expect(follower.text == expected)
    }

    @Test func leavingEndsIt() async throws {
        try folder.write("one\n".utf8, to: "log")
        let follower = try await follow()
        try await follower.waits(for: "one\n")
        follower.cancel()
        await #expect(throws: CancellationError.self) { try await follower.ends() }
    }

    @Test func aBackendThatCannotSayWhetherItEndedIsAskedAgain() async throws {
        struct Trouble: Error {}
        let asked = Atomic(0)
        let memory = MemoryLog(Array("one\n".utf8))
        let source = LogSource(
            .ranges(memory),
            hasEnded: {
                let number = asked.add(1, ordering: .relaxed).newValue
                if number < 5 { throw Trouble() }
                return number > 10
            })
        let follower = Follower(try await LogReader.forTests().open(source, LogQuery(follow: true)))
        try await follower.ends()
        #expect(follower.text == "one\n")
        #expect(asked.load(ordering: .relaxed) == 11)
    }

    @Test func lastWordsAreSentThoughTheyComeWhileTheEndIsAskedFor() async throws {
        let memory = MemoryLog(Array("one\n".utf8))
        let source = LogSource(
            .ranges(memory),
            hasEnded: {
                memory.change { $0 += Array("last words\n".utf8) }
                return true
            })
        let follower = Follower(try await LogReader.forTests().open(source, LogQuery(follow: true)))
        try await follower.ends()
        #expect(follower.text == "one\nlast words\n")
    }

    @Test func aRangedLogThatShrinksIsReadFromItsNewBeginning() async throws {
        let memory = MemoryLog(Array("a long line\n".utf8))
        let source = LogSource(.ranges(memory), hasEnded: { [ended] in ended.withLock { $0 } })
        let follower = Follower(try await LogReader.forTests().open(source, LogQuery(follow: true)))
        try await follower.waits(for: "a long line\n")
        memory.change { $0 = Array("new\n".utf8) }
        try await follower.waits(for: "a long line\nnew\n")
        end()
        try await follower.ends()
    }

    @Test func aWatcherTellsOfNewBytesLongBeforeTheNextLook() async throws {
        let loop = try EventLoop(name: "watch")
        defer { loop.stop() }
        let pool = BlockingPool(name: "watch", threads: 1)
        let watcher = try FileWatcher(loop: loop, pool: pool)
        // Without the watcher the next look would be hours away.
        let pace = FollowPace(shortest: .milliseconds(1), longest: .seconds(7200))
        let reader = LogReader.forTests(watcher: watcher, pace: pace)
        try folder.write("one\n".utf8, to: "log")
        var followers: [Follower] = []
        for _ in 0..<50 { followers.append(try await follow(reader: reader)) }
        for follower in followers { try await follower.waits(for: "one\n") }
        for (number, line) in ["two\n", "six\n"].enumerated() {
            try await Task.sleep(for: .milliseconds(20))
            try folder.write(line.utf8, to: "log", adding: true)
            for follower in followers { try await follower.waits(for: number == 0 ? "one\ntwo\n" : "one\ntwo\nsix\n") }
        }
        rename(folder.path("log"), folder.path("old"))
        for follower in followers { follower.cancel() }
        for follower in followers { await #expect(throws: CancellationError.self) { try await follower.ends() } }
    }
}
