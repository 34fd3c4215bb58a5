package import LosslessJSON

/// An object of Kubernetes as people write it: YAML, read as `kubectl` reads it into JSON.
package enum KubernetesYAML {
    /// Why a text is no object.
    package struct Fault: Error, Equatable, CustomStringConvertible {
        /// The place, what was wrong, and what to do.
        package let description: String
    }

    /// The value of a text. JSON is YAML too.
    package static func value(_ text: [UInt8], file: String) throws(Fault) -> JSONValue {
        do throws(YAMLFault) {
            return value(of: try YAMLDocument.parse(text, file: file))
        } catch {
            throw Fault(description: "\(file):\(error.line): \(error.fault); \(error.advice)")
        }
    }

    private static func value(of node: ConfigurationNode?) -> JSONValue {
        switch node?.kind {
        case nil: .null
        case .scalar(let scalar): scalar.style == .plain ? plain(scalar.text) : .string(scalar.text)
        case .list(let items): .array(items.map { value(of: $0) })
        case .mapping(let members):
            .object(Dictionary(members.map { ($0.key, value(of: $0.value)) }, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// What a scalar without quotes means: the core schema of YAML 1.2, which has no `yes` and no `0777` in octal.
    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .boolean(true)
        case "false", "False", "FALSE": .boolean(false)
        default: number(text).map { .number($0) } ?? .string(text)
        }
    }

    private static func number(_ text: String) -> String? {
        if text.hasPrefix("0o") { return Int64(text.dropFirst(2), radix: 8).map(String.init) }
        if text.hasPrefix("0x") { return Int64(text.dropFirst(2), radix: 16).map(String.init) }
        let unsigned = text.hasPrefix("+") ? text.dropFirst() : text[...]
        guard let value = try? JSON.decode(JSONValue.self, from: Array(unsigned.utf8)), case .number(let number) = value
        else { return nil }
        return number
    }
}
