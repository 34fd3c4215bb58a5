/// The way from the root of a configuration to a value.
struct ConfigurationPath: Hashable {
    enum Step: Hashable {
        case key(String)
        case index(Int)
    }

    var steps: [Step] = []

    func appending(_ step: Step) -> ConfigurationPath { ConfigurationPath(steps: steps + [step]) }

    /// `server.port`, `flavors[2].name`
    var text: String {
        var text = ""
        for step in steps {
            switch step {
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }

    /// The variable that overrides the value; nil inside a list, where none does.
    var variable: String? {
        var words: [String] = []
        for step in steps {
            guard case .key(let key) = step else { return nil }
            words.append(Self.capitals(key))
        }
        return words.isEmpty ? nil : "INTERLINK_" + words.joined(separator: "_")
    }

    /// `socketMode` → `SOCKET_MODE`, `TLSPort` → `TLS_PORT`, `gpu-node` → `GPU_NODE`
    private static func capitals(_ key: String) -> String {
        let characters = Array(key)
        var result = ""
        for (index, character) in characters.enumerated() {
            let before = index > 0 ? characters[index - 1] : "_"
            let after = index + 1 < characters.count ? characters[index + 1] : "_"
            let startsWord = before.isLowercase || before.isNumber || (before.isUppercase && after.isLowercase)
            if character.isUppercase, startsWord { result += "_" }
            result += character.isASCII && (character.isLetter || character.isNumber) ? character.uppercased() : "_"
        }
        return result
    }

    var codingPath: [any CodingKey] { steps.map(PathKey.init) }

    private struct PathKey: CodingKey {
        let stringValue: String
        let intValue: Int?

        init(_ step: Step) {
            switch step {
            case .key(let key): (stringValue, intValue) = (key, nil)
            case .index(let index): (stringValue, intValue) = ("\(index)", index)
            }
        }
        init?(stringValue: String) { self.init(.key(stringValue)) }
        init?(intValue: Int) { self.init(.index(intValue)) }
    }
}
