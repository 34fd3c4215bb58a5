/// A piece of a page. What is put into its text is escaped, unless it is such a piece itself:
///
///     let row: HTML = "<td>\(name)</td>"
struct HTML: ExpressibleByStringInterpolation, CustomStringConvertible, Sendable {
    private(set) var description: String

    init(stringLiteral value: String) { description = value }

    init(stringInterpolation: StringInterpolation) { description = stringInterpolation.text }

    static func += (left: inout HTML, right: HTML) { left.description += right.description }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        mutating func appendLiteral(_ literal: String) { text += literal }

        mutating func appendInterpolation(_ html: HTML) { text += html.description }

        mutating func appendInterpolation(_ pieces: [HTML]) { for piece in pieces { text += piece.description } }

        mutating func appendInterpolation(_ value: some StringProtocol) { text += HTML.escaped(value) }

        mutating func appendInterpolation(_ value: Int) { text += "\(value)" }
    }

    /// A text that stands for itself in an element or in a quoted attribute, whatever is in it.
    private static func escaped(_ value: some StringProtocol) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            case "\n", "\t": text.unicodeScalars.append(scalar)
            default: text.unicodeScalars.append(SafeScalar.isHarmless(scalar) ? scalar : SafeScalar.replacement)
            }
        }
        return text
    }
}
