/// Text of a plugin, made harmless for a terminal.
enum SafeText {
    /// One line, not too long, without characters that would move the cursor.
    static func line(_ text: String, limit: Int = 300) -> String {
        let cut = text.unicodeScalars.count > limit ? String(text.unicodeScalars.prefix(limit)) + "…" : text
        var line = ""
        for scalar in cut.unicodeScalars {
            if SafeScalar.isHarmless(scalar) {
                line.unicodeScalars.append(scalar)
            } else {
                line += scalar.escaped(asASCII: true)
            }
        }
        return line
    }
}
