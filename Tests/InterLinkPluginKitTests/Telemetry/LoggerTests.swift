import Testing

@testable import InterLinkPluginKit

@Suite struct LoggerTests {
    private func line(
        _ message: String, _ fields: LogFields = [:], format: LogFormat = .text, forJournal: Bool = false
    ) -> String {
        let time = WallTime(nanoseconds: 1_795_170_009_123_456_789)
        let entry = LogEntry(time: time, level: .warning, message: message, fields: fields)
        return String(decoding: entry.line(format, forJournal: forJournal), as: UTF8.self)
    }

    @Test func peopleReadTimeLevelMessageAndFields() {
        let fields: LogFields = ["pod": "a-b", "try": 2, "ok": true, "why": "not now", "gone": nil as String?]
        #expect(
            line("job lost", fields)
                == "2026-11-20T10:20:09.123Z WARNING job lost pod=a-b try=2 ok=true why=\"not now\"\n")
    }

    @Test func theJournalGetsAPriorityAndKeepsTheTimeItself() {
        #expect(line("x", forJournal: true) == "<4>WARNING x\n")
        #expect(line("x", format: .json, forJournal: true).hasPrefix("<4>{\"time\":"))
    }

    @Test func machinesReadOneObjectALine() {
        #expect(
            line("job \"lost\"", ["pod": "é", "share": 0.5, "level": "mine"], format: .json)
                == "{\"time\":\"2026-11-20T10:20:09.123Z\",\"level\":\"warning\",\"message\":\"job \\\"lost\\\"\","
                + "\"pod\":\"é\",\"share\":0.5,\"level_\":\"mine\"}\n")
    }

    @Test(arguments: [
        "a\n<0>EMERG forged", "a\r\nb", "a pod=b", "\u{1B}[2J", "\u{202E}gnp", "a\u{2028}b", "\"", "\\", "",
        "\u{9B}31m",
        "\0", "x=y",
    ])
    func valuesCannotForgeLinesOrFields(hostile: String) {
        for format in LogFormat.allCases {
            let text = line(hostile, ["pod": hostile, hostile: 1], format: format)
            #expect(text.utf8.filter { $0 == 0x0A }.count == 1)
            #expect(text.unicodeScalars.dropLast().allSatisfy { !$0.isInvisible })
        }
        let parts = line("m", ["pod": hostile, "end": 1]).split(separator: " pod=")
        #expect(parts.count == 2 || hostile.contains(" pod="))
        #expect(parts.last?.hasSuffix(" end=1\n") == true)
    }

    @Test func longTextsAreCut() {
        let text = line("m", ["pod": String(repeating: "x", count: 1 << 20)])
        #expect(text.utf8.count < 5_000)
        #expect(text.contains("(1048576 bytes)"))
    }

    @Test func secretsStayHidden() {
        #expect(line("m", ["token": SensitiveText("hunter2")]).hasSuffix("token=(hidden)\n"))
    }

    @Test func childrenAddTheirFieldsAndReplaceThoseOfTheSameName() {
        let recorder = LogRecorder()
        let logger = Logger(to: recorder).with(["pod": "a", "job": 1]).with(["job": 2])
        logger.info("x", ["extra": 3])
        let entry = recorder.entries.first
        #expect(entry?["pod"] == .text("a"))
        #expect(entry?["job"] == .integer(2))
        #expect(entry?["extra"] == .integer(3))
        #expect(entry?.fields.all.count == 3)
    }

    @Test func whatIsBelowTheLevelIsNotEvenMade() {
        let recorder = LogRecorder()
        let logger = Logger(level: .notice, to: recorder)
        func expensive() -> String {
            Issue.record("made")
            return ""
        }
        logger.debug(expensive(), ["a": expensive()])
        logger.info(expensive())
        logger.notice("n")
        logger.warning("w")
        logger.error("e")
        #expect(recorder.entries.map(\.level) == [.notice, .warning, .error])
    }
}
