package import LosslessJSON

/// The documents of a file of Kubernetes objects, YAML or JSON, as JSON.
package enum YAMLManifests {
    /// Why a file cannot be read: `pod.yaml:7: the key "image" is here twice`.
    package struct Unreadable: Error, Hashable, CustomStringConvertible {
        package let description: String
    }

    /// Reads all documents, in order. Empty ones are left out.
    package static func documents(_ bytes: [UInt8], file: String) throws(Unreadable) -> [JSONValue] {
        do throws(YAMLFault) {
            let limits = YAMLDocument.Limits(bytes: 64 << 20, nodes: 1_000_000)
            return try YAMLDocument.parseAll(bytes, file: file, limits: limits).map(json)
        } catch {
            let advice = error.advice.isEmpty ? "" : "; \(error.advice)"
            throw Unreadable(description: "\(file):\(error.line): \(error.fault)\(advice)")
        }
    }

    private static func json(_ node: ConfigurationNode) -> JSONValue {
        switch node.kind {
        case .list(let items): .array(items.map(json))
        case .mapping(let members):
            .object(Dictionary(members.map { ($0.key, json($0.value)) }, uniquingKeysWith: { first, _ in first }))
        case .scalar(let scalar) where scalar.style != .plain: .string(scalar.text)
        case .scalar(let scalar): plain(scalar.text)
        }
    }

    /// What a word without quotes means, by YAML's core schema.
    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .boolean(true)
        case "false", "False", "FALSE": .boolean(false)
        default: number(text).map { .number($0) } ?? .string(text)
        }
    }

    /// As JSON writes numbers, or with a prefix, as modes of files often are (`0o640`). Other spellings that YAML knows
    /// (`.5`, `1_000`) are rare in manifests, and stay texts.
    private static func number(_ text: String) -> String? {
        if text.hasPrefix("0o") { return Int64(text.dropFirst(2), radix: 8).map(String.init) }
        if text.hasPrefix("0x") { return Int64(text.dropFirst(2), radix: 16).map(String.init) }
        return text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/).map { String($0.output.0) }
    }
}
