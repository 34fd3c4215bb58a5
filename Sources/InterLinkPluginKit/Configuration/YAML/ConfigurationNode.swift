/// A value of the file with the place where it stands.
struct ConfigurationNode: Sendable {
    enum Kind: Sendable {
        case scalar(Scalar)
        case list([ConfigurationNode])
        case mapping([Member])
    }

    struct Scalar: Sendable {
        var text: String
        /// Plain, in the sense of YAML: without quotes, so that it may be a number, a Boolean or null.
        var isPlain: Bool
    }

    struct Member: Sendable {
        var key: String
        var keyPlace: Place
        var value: ConfigurationNode
    }

    /// Where a value comes from.
    enum Place: Hashable, Sendable {
        case line(Int, file: String)
        case variable(String)
        /// Nowhere: the value was not given.
        case absent(file: String)
    }

    var kind: Kind
    var place: Place

    /// Whether the value is a null of YAML. An environment variable is never null: it is text, perhaps empty.
    var isNull: Bool {
        guard case .scalar(let scalar) = kind, scalar.isPlain else { return false }
        if case .variable = place { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.text)
    }

    /// What the value is, in words for a message; never the value itself, which may be secret.
    var kindInWords: String {
        switch kind {
        case .scalar: isNull ? "nothing" : "a single value"
        case .list: "a list"
        case .mapping: "a mapping of keys"
        }
    }
}

extension ConfigurationNode.Place: CustomStringConvertible {
    var description: String {
        switch self {
        case .line(let line, let file): "\(file):\(line)"
        case .variable(let name): name
        case .absent(let file): file
        }
    }
}
