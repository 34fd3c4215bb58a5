import LosslessJSON

/// What a case leaves open, written `@{…}` in its texts:
///
/// | | |
/// |---|---|
/// | `@{port NAME}` | a port that nothing listens at, the same for the same name, as text |
/// | `@{portNumber NAME}` | the same port as a number |
/// | `@{host}` | the case's own folder on the host, for hostPath |
/// | `@{uid}`, `@{name}` | the pod's |
/// | `@{repeat COUNT TEXT}` | the text as often |
struct Placeholders: Sendable {
    var uid: String
    var name: String
    var hostFolder: String
    var ports: [String: Int]

    /// The names of all ports in a value.
    static func portNames(in value: JSONValue) -> Set<String> {
        switch value {
        case .null, .boolean, .number: []
        case .string(let text):
            Set(
                pieces(of: text).compactMap { piece in
                    if case .placeholder(let words) = piece, words.first == "port" {
                        words.dropFirst().first
                    } else {
                        nil
                    }
                })
        case .array(let items): items.reduce(into: []) { $0.formUnion(portNames(in: $1)) }
        case .object(let members): members.values.reduce(into: []) { $0.formUnion(portNames(in: $1)) }
        }
    }

    /// A value with everything filled in.
    func filled(_ value: JSONValue) throws(CaseError) -> JSONValue {
        switch value {
        case .null, .boolean, .number: return value
        case .string(let text):
            let pieces = Self.pieces(of: text)
            let filled = try self.filled(text)
            if pieces.count == 1, case .placeholder(let words)? = pieces.first, words.first == "portNumber" {
                return .number(filled)
            }
            return .string(filled)
        case .array(let items): return .array(try items.map { item throws(CaseError) in try self.filled(item) })
        case .object(let members):
            var result: [String: JSONValue] = [:]
            for (name, member) in members { result[name] = try self.filled(member) }
            return .object(result)
        }
    }

    func filled(_ text: String) throws(CaseError) -> String {
        try Self.pieces(of: text).map { piece throws(CaseError) in
            switch piece {
            case .text(let text): String(text)
            case .placeholder(let words): try value(words)
            }
        }.joined()
    }

    private func value(_ words: [String]) throws(CaseError) -> String {
        switch words.first {
        case "port" where words.count == 2, "portNumber" where words.count == 2: return String(ports[words[1]] ?? 0)
        case "host": return hostFolder
        case "uid": return uid
        case "name": return name
        case "repeat" where words.count == 3:
            guard let count = Int(words[1]) else { break }
            return String(repeating: words[2], count: count)
        default: break
        }
        throw CaseError("@{\(words.joined(separator: " "))} means nothing")
    }

    private enum Piece {
        case text(Substring)
        case placeholder([String])
    }

    private static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "@{"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            if start.lowerBound > rest.startIndex { pieces.append(.text(rest[..<start.lowerBound])) }
            let words = rest[start.upperBound..<end].split(separator: " ", maxSplits: 2)
            pieces.append(.placeholder(words.map(String.init)))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty || pieces.isEmpty { pieces.append(.text(rest)) }
        return pieces
    }
}
