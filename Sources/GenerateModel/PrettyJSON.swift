import LosslessJSON

/// JSON for people: one member a line, in the order of the names.
enum PrettyJSON {
    static func text(_ value: JSONValue, indentation: String = "") -> String {
        let inner = indentation + "  "
        switch value {
        case .object(let members) where !members.isEmpty:
            let lines = members.sorted { $0.key < $1.key }.map { name, value in
                "\(inner)\(leaf(.string(name))): \(text(value, indentation: inner))"
            }
            return "{\n\(lines.joined(separator: ",\n"))\n\(indentation)}"
        case .array(let elements) where elements.contains { $0.object != nil }:
            let lines = elements.map { "\(inner)\(text($0, indentation: inner))" }
            return "[\n\(lines.joined(separator: ",\n"))\n\(indentation)]"
        default: return leaf(value)
        }
    }

    private static func leaf(_ value: JSONValue) -> String { String(decoding: JSON.encode(value), as: UTF8.self) }
}
