/// Texts made safe to stand in a line of the log.
extension [UInt8] {
    /// Appends a text in double quotes, as JSON reads it, with everything escaped that is not plainly visible.
    mutating func appendQuoted(_ text: String) {
        var text = text
        let isPlain = text.withUTF8 { bytes in
            bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        }
        guard isPlain else {
            append(contentsOf: quoted(text).utf8)
            return
        }
        append(UInt8(ascii: "\""))
        append(contentsOf: text.utf8)
        append(UInt8(ascii: "\""))
    }

    /// Appends a text bare if it is one visible word, in double quotes if not.
    mutating func appendWord(_ text: String) {
        let isBare =
            !text.isEmpty
            && text.utf8.allSatisfy {
                $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
                    && $0 != UInt8(ascii: "=")
            }
        if isBare { append(contentsOf: text.utf8) } else { appendQuoted(text) }
    }

    /// Appends a text without quotes around it, with everything escaped that is not plainly visible.
    mutating func appendSentence(_ text: String) {
        let start = count
        appendQuoted(text)
        remove(at: start)
        removeLast()
    }
}
