/// Which characters may stand in a report, where the texts come from the plugin that it judges.
enum SafeScalar {
    static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// Not so: control characters, what turns the direction of writing around, and what XML does not allow.
    static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: false
        default: true
        }
    }
}
