import Glibc
import TestSupport
import Testing

@testable import InterLinkPluginKit

@Suite struct LogAnswerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let log: String
        let query: LogQuery
        let answer: String
        var testDescription: String { "\(query) of \(log.debugDescription)" }
    }

    /// Written at 100, 200 and 300; the file was modified at 400.
    private static let index = "100 4\n200 8\n300 12\n"

    @Test(arguments: [
        Case(log: "one\ntwo\n", query: LogQuery(), answer: "one\ntwo\n"),
        Case(log: "", query: LogQuery(tail: 5), answer: ""),
        Case(log: "\n", query: LogQuery(tail: 1), answer: "\n"),
        Case(log: "\n\n\n", query: LogQuery(tail: 2), answer: "\n\n"),
        Case(log: "one\ntwo\nsix\n", query: LogQuery(tail: 2), answer: "two\nsix\n"),
        Case(log: "one\ntwo\nsix", query: LogQuery(tail: 2), answer: "two\nsix"),
        Case(log: "one\ntwo\nsix\n", query: LogQuery(tail: 3), answer: "one\ntwo\nsix\n"),
        Case(log: "one\ntwo\nsix\n", query: LogQuery(tail: .max), answer: "one\ntwo\nsix\n"),
        Case(log: "one\r\ntwo\r\n", query: LogQuery(tail: 1), answer: "two\r\n"),
        // Kubernetes gives the first bytes, not the last.
        Case(log: "one\ntwo\n", query: LogQuery(limitBytes: 5), answer: "one\nt"),
        Case(log: "one\ntwo\n", query: LogQuery(limitBytes: 100), answer: "one\ntwo\n"),
        Case(log: "one\ntwo\nsix\n", query: LogQuery(tail: 2, limitBytes: 5), answer: "two\ns"),
        Case(log: "one\ntwo\nsix\n", query: LogQuery(since: .time(200)), answer: "two\nsix\n"),
        Case(log: "one\ntwo\nsix\n", query: LogQuery(since: .time(201)), answer: "six\n"),
        Case(log: "one\ntwo\nsix\n", query: LogQuery(since: .time(301)), answer: ""),
        Case(log: "one\ntwo\nsix\nten\n", query: LogQuery(since: .time(301)), answer: "ten\n"),
        Case(log: "one\ntwo\nsix\nten\n", query: LogQuery(since: .time(401)), answer: ""),
        Case(log: "one\ntwo\nsix\n", query: LogQuery(tail: 1, since: .time(100)), answer: "six\n"),
        // The middle of a line that began before is not the beginning of one.
        Case(log: "one\ntwo and more\nsix\n", query: LogQuery(since: .time(300)), answer: "six\n"),
        Case(
            log: "one\ntwo\n", query: LogQuery(timestamps: true),
            answer: "1970-01-01T00:01:40.000000000Z one\n1970-01-01T00:03:20.000000000Z two\n"),
        Case(
            log: "one\ntwo\nsix\nten", query: LogQuery(tail: 2, timestamps: true),
            answer: "1970-01-01T00:05:00.000000000Z six\n1970-01-01T00:06:40.000000000Z ten"),
        Case(
            log: "one\ntwo\n", query: LogQuery(limitBytes: 36, timestamps: true),
            answer: "1970-01-01T00:01:40.000000000Z one\n1"),
    ])
    func optionsMeanWhatKubectlUsersExpect(_ test: Case) async throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write(test.log.utf8, to: "log", modified: 400)
        let times = try folder.write(Self.index.utf8, to: "times")
        let source = LogSource(.file(path: path), timeIndex: .file(path: times))
        #expect(try await LogReader.forTests().text(source, test.query) == test.answer)
    }

    @Test func aLogThatIsNotThereYetIsEmpty() async throws {
        let folder = try TemporaryDirectory()
        let source = LogSource(.file(path: folder.path("log")), timeIndex: .file(path: folder.path("times")))
        for query in [LogQuery(), LogQuery(tail: 3, since: .secondsAgo(5), timestamps: true), LogQuery(follow: true)] {
            #expect(try await LogReader.forTests().bytes(source, query) == [])
        }
        #expect(try await LogReader.forTests().bytes(LogSource(.ranges(MemoryLog(nil))), LogQuery(tail: 1)) == [])
    }

    @Test func withoutAnIndexLinesCountAsWrittenWhenTheFileWasModified() async throws {
        let folder = try TemporaryDirectory()
        let source = LogSource(.file(path: try folder.write("one\ntwo\n".utf8, to: "log", modified: 86_400)))
        let reader = LogReader.forTests()
        #expect(try await reader.text(source, LogQuery(since: .time(86_400))) == "one\ntwo\n")
        #expect(try await reader.text(source, LogQuery(since: .time(86_401))) == "")
        #expect(
            try await reader.text(source, LogQuery(tail: 1, timestamps: true)) == "1970-01-02T00:00:00.000000000Z two\n"
        )
    }

    @Test func secondsAgoCountFromNow() async throws {
        let now = Int64(time(nil))
        let source = LogSource(
            .ranges(MemoryLog(Array("old\nnew\n".utf8), modified: now)),
            timeIndex: .ranges(MemoryLog(Array("\(now - 1000) 4\n\(now) 8\n".utf8))))
        #expect(try await LogReader.forTests().text(source, LogQuery(since: .secondsAgo(500))) == "new\n")
    }

    @Test func thePreviousRunIsALogOfItsOwn() async throws {
        let last = MemoryLog(Array("second run\n".utf8))
        let first = MemoryLog(Array("first run\n".utf8))
        let source = LogSource(.ranges(last), previous: { LogSource(.ranges(first)) })
        // It has ended, so following it ends too.
        let query = LogQuery(follow: true, previous: true)
        let stream = try await LogReader.forTests().open(source, query, hasEnded: { false })
        #expect(try await stream.reduce(into: []) { $0 += $1 } == Array("first run\n".utf8))
        await #expect(throws: LogError.noPreviousRun) {
            try await LogReader.forTests().open(LogSource(.ranges(last)), query)
        }
        await #expect(throws: LogError.noPreviousRun) {
            try await LogReader.forTests().open(LogSource(.ranges(last), previous: { nil }), query)
        }
    }

    @Test func aBackendThatKnowsTheOptionsAnswersItself() async throws {
        let source = LogSource(answering: { query in Pieces(bytes: Array("tail \(query.tail ?? 0)".utf8), piece: 3) })
        let query = LogQuery(tail: 7, limitBytes: 1, timestamps: true)
        #expect(try await LogReader.forTests().text(source, query) == "tail 7")
    }

    @Test func whatIsNotARegularFileIsRefused() async throws {
        let folder = try TemporaryDirectory()
        let reader = LogReader.forTests()
        let target = try folder.write("secret".utf8, to: "target")
        symlink(target, folder.path("link"))
        mkfifo(folder.path("pipe"), 0o600)
        for path in [folder.path("link"), folder.path("pipe"), folder.root, "\(target)/log", "\(target)\0/log"] {
            await #expect(throws: LogError.self) { try await reader.open(LogSource(.file(path: path)), LogQuery()) }
        }
    }
}
