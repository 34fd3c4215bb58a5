/// The one way by which text becomes part of a bash script.
///
/// Single quotes end at nothing but a single quote, so whatever stands between them is data. A NUL cannot be in an
/// argument of any program, and is left out.
package enum ShellQuote {
    /// One word, whatever it holds: `it's` becomes `'it'\''s'`. Plain words stay as they are, to be read by people.
    package static func word(_ text: String) -> String {
        guard !text.isEmpty else { return "''" }
        guard !text.utf8.allSatisfy(isPlain) else { return text }
        guard !text.utf8.contains(where: isOddControl) else { return escaped(text) }
        var quoted = "'"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "'": quoted += #"'\''"#
            case "\0": continue
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "'"
    }

    /// A list in parentheses, for an array.
    package static func array(_ words: [String]) -> String {
        words.isEmpty ? "()" : "(\(words.map(word).joined(separator: " ")))"
    }

    /// `$'…'`, for text with control characters, which should not stand in a script as they are.
    private static func escaped(_ text: String) -> String {
        var quoted = "$'"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\0": continue
            case "'": quoted += #"\'"#
            case "\\": quoted += #"\\"#
            case "\n": quoted += #"\n"#
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                // Three digits, so that a digit that follows is not taken in.
                let digits = String(scalar.value, radix: 8)
                quoted += #"\"# + String(repeating: "0", count: 3 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "'"
    }

    private static func isOddControl(_ byte: UInt8) -> Bool {
        (byte < 0x20 && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\t") && byte != 0) || byte == 0x7F
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "/"):
            return true
        default: return false
        }
    }
}
