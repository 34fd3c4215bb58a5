/// How lines look.
public enum LogFormat: String, CaseIterable, Decodable, Sendable {
    /// For people: the time, the level, the message and `name=value` for each field.
    case text
    /// For machines: one JSON object a line, with `time`, `level`, `message` and the fields.
    case json
}

extension LogEntry {
    /// The line with its line end. For the journal it begins with a priority, and the time is left to the journal.
    func line(_ format: LogFormat, forJournal: Bool) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(256)
        if forJournal { line.append(contentsOf: "<\(level.priority)>".utf8) }
        switch format {
        case .text: appendText(to: &line, withTime: !forJournal)
        case .json: appendJSON(to: &line)
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    private func appendText(to line: inout [UInt8], withTime: Bool) {
        if withTime {
            time.appendText(to: &line)
            line.append(UInt8(ascii: " "))
        }
        line.append(contentsOf: level.rawValue.uppercased().utf8)
        line.append(UInt8(ascii: " "))
        line.appendSentence(message.clipped)
        for field in fields.all {
            line.append(UInt8(ascii: " "))
            line.appendWord(field.name)
            line.append(UInt8(ascii: "="))
            switch field.value {
            case .text(let text): line.appendWord(text.clipped)
            case .integer, .number, .flag: line.appendJSON(field.value)
            }
        }
    }

    private func appendJSON(to line: inout [UInt8]) {
        line.append(contentsOf: #"{"time":""#.utf8)
        time.appendText(to: &line)
        line.append(contentsOf: #"","level":""#.utf8)
        line.append(contentsOf: level.rawValue.utf8)
        line.append(contentsOf: #"","message":"#.utf8)
        line.appendQuoted(message.clipped)
        for field in fields.all {
            line.append(UInt8(ascii: ","))
            let isTaken = ["time", "level", "message"].contains(field.name)
            line.appendQuoted(isTaken ? field.name + "_" : field.name)
            line.append(UInt8(ascii: ":"))
            line.appendJSON(field.value)
        }
        line.append(UInt8(ascii: "}"))
    }
}

extension [UInt8] {
    fileprivate mutating func appendJSON(_ value: LogScalar) {
        switch value {
        case .text(let text): appendQuoted(text.clipped)
        case .integer(let number): append(contentsOf: String(number).utf8)
        case .number(let number): append(contentsOf: (number.isFinite ? "\(number)" : "null").utf8)
        case .flag(let flag): append(contentsOf: (flag ? "true" : "false").utf8)
        }
    }
}

extension String {
    /// The beginning of a text that is too long for a line, and how long it was.
    fileprivate var clipped: String {
        let longest = 4096
        guard utf8.count > longest else { return self }
        return String(decoding: utf8.prefix(longest), as: UTF8.self) + "… (\(utf8.count) bytes)"
    }
}
