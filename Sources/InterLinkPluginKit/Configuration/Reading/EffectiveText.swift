extension EffectiveValue {
    /// The value as a YAML text.
    var yaml: String {
        var text = ""
        write(to: &text, indent: 0)
        return text.isEmpty ? "{}\n" : text
    }

    private func write(to text: inout String, indent: Int) {
        let margin = String(repeating: " ", count: indent)
        switch self {
        case .word, .text: text += "\(margin)\(inline)\n"
        case .list(let items):
            for item in items {
                if item.isInline {
                    text += "\(margin)- \(item.inline)\n"
                } else {
                    var block = ""
                    item.write(to: &block, indent: indent + 2)
                    text += "\(margin)- \(block.dropFirst(indent + 2))"
                }
            }
        case .mapping(let members):
            for member in members {
                let comment = member.origin.map { "  # \($0)" } ?? ""
                let key = Self.plainOrQuoted(member.key)
                if member.value.isInline {
                    text += "\(margin)\(key): \(member.value.inline)\(comment)\n"
                } else {
                    // The keys inside tell for themselves where they come from.
                    text += member.value.isMapping ? "\(margin)\(key):\n" : "\(margin)\(key):\(comment)\n"
                    member.value.write(to: &text, indent: indent + 2)
                }
            }
        }
    }

    private var isInline: Bool {
        switch self {
        case .word, .text: true
        case .list(let items): items.isEmpty
        case .mapping(let members): members.isEmpty
        }
    }

    private var isMapping: Bool {
        if case .mapping = self { true } else { false }
    }

    private var inline: String {
        switch self {
        case .word(let word): word
        case .text(let text): Self.plainOrQuoted(text)
        case .list: "[]"
        case .mapping: "{}"
        }
    }

    /// Without quotes only what no reader of YAML, old or new, takes for anything but text.
    private static func plainOrQuoted(_ text: String) -> String {
        let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
        let isPlain =
            text.utf8.first.map { isLetter($0) || $0 == UInt8(ascii: "/") } == true
            && text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || "/._-+@".utf8.contains($0) }
            && !words.contains(text.lowercased())
        return isPlain || isNumberWithUnit(text) ? text : quoted(text)
    }

    /// `64MiB`, but not `0xB` or `1e3`, which some reader takes for a number.
    private static func isNumberWithUnit(_ text: String) -> Bool {
        let unit = text.utf8.drop { (0x30...0x39).contains($0) }
        guard let first = unit.first, unit.count < text.utf8.count, !"xob".utf8.contains(first) else { return false }
        return unit.allSatisfy(isLetter)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
