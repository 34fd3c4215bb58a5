import TestSupport

/// Documents of every shape, and damage to them.
enum RandomJSON {
    static func document(_ generator: inout SeededGenerator) -> [UInt8] {
        var text = ""
        value(&text, depth: 0, &generator)
        return Array(text.utf8)
    }

    static func mutate(_ document: inout [UInt8], _ generator: inout SeededGenerator) {
        for _ in 0..<Int.random(in: 1...3, using: &generator) where !document.isEmpty {
            let index = Int.random(in: 0..<document.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: document[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: document.remove(at: index)
            case 2:
                document.insert(
                    Array("{}[]:,\"\\0123.eE+-untf \u{0}".utf8).randomElement(using: &generator) ?? 0, at: index)
            case 3: document.removeSubrange(index...)
            default: document.append(contentsOf: document[index...].prefix(40))
            }
        }
    }

    private static func value(_ text: inout String, depth: Int, _ generator: inout SeededGenerator) {
        switch Int.random(in: 0..<(depth > 5 ? 6 : 9), using: &generator) {
        case 0: text += "null"
        case 1: text += Bool.random(using: &generator) ? "true" : "false"
        case 2, 3: text += number(&generator)
        case 4, 5: string(&text, &generator)
        case 6, 7:
            text += "{"
            for index in 0..<Int.random(in: 0..<5, using: &generator) {
                if index > 0 { text += "," }
                string(&text, &generator)
                text += Bool.random(using: &generator) ? ":" : " : "
                value(&text, depth: depth + 1, &generator)
            }
            text += "}"
        default:
            text += "["
            for index in 0..<Int.random(in: 0..<5, using: &generator) {
                if index > 0 { text += "," }
                value(&text, depth: depth + 1, &generator)
            }
            text += "]"
        }
    }

    private static func number(_ generator: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: "\(Int64.random(in: .min ... .max, using: &generator))"
        case 1: "\(Int.random(in: -100...100, using: &generator)).\(Int.random(in: 0...999, using: &generator))"
        case 2: "\(Int.random(in: 1...9, using: &generator))e\(Int.random(in: -400...400, using: &generator))"
        default: "0"
        }
    }

    private static func string(_ text: inout String, _ generator: inout SeededGenerator) {
        let pieces = [
            "a", "name", "é", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\ud83d\\ude00", " ", "0123456789abcdef",
            "{", "]",
        ]
        text += "\""
        for _ in 0..<Int.random(in: 0..<8, using: &generator) { text += pieces.randomElement(using: &generator) ?? "" }
        text += "\""
    }
}
