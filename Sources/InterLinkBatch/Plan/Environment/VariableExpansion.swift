/// `$(NAME)` in the texts of a pod, as Kubernetes replaces it.
///
/// A name that is not known stays as it is written, `$$` becomes `$` (so `$$(NAME)` is a way to write `$(NAME)`), and any
/// other `$` is only a `$`.
enum VariableExpansion {
    /// The text with all references replaced. What a value holds is not looked at again.
    static func expand(_ text: String, _ value: (String) -> String?) -> String {
        guard text.utf8.contains(dollar) else { return text }
        let bytes = Array(text.utf8)
        // Where no reference can end any more, looking for an end would take a time that grows with the square.
        let lastEnd = bytes.lastIndex(of: closer) ?? -1
        var result: [UInt8] = []
        var rest = bytes[...]
        while let sign = rest.firstIndex(of: dollar) {
            result += rest[..<sign]
            rest = rest[(sign + 1)...]
            switch rest.first {
            case dollar:
                result.append(dollar)
                rest = rest.dropFirst()
            case opener where rest.startIndex < lastEnd:
                let name = rest.dropFirst().prefix { $0 != closer }
                let written = String(decoding: name, as: UTF8.self)
                result += (value(written) ?? "$(\(written))").utf8
                rest = rest[(name.endIndex + 1)...]
            default:
                result.append(dollar)
            }
        }
        result += rest
        return String(decoding: result, as: UTF8.self)
    }

    private static let dollar = UInt8(ascii: "$")
    private static let opener = UInt8(ascii: "(")
    private static let closer = UInt8(ascii: ")")
}
