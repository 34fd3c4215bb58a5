/// A value of the file with the place where it stands.
struct ConfigurationNode: Sendable {
    enum Kind: Sendable {
        case scalar(Scalar)
        case list([ConfigurationNode])
        case mapping([Member])
    }

    struct Scalar: Sendable {
        enum Style: Sendable {
            /// As YAML means it: without quotes, so that it may be a number, a Boolean or null.
            case plain
            /// A text, whatever it looks like.
            case quoted
            /// The value of an environment variable: a number or a Boolean perhaps, but never null.
            case verbatim
        }

        var text: String
        var style: Style
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

    /// Whether the value is a null of YAML.
    var isNull: Bool {
        guard case .scalar(let scalar) = kind, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.text)
    }

    /// The same value, all of it from somewhere else.
    func moved(to place: Place) -> ConfigurationNode {
        let kind: Kind =
            switch kind {
            case .scalar: kind
            case .list(let items): .list(items.map { $0.moved(to: place) })
            case .mapping(let members):
                .mapping(members.map { Member(key: $0.key, keyPlace: place, value: $0.value.moved(to: place)) })
            }
        return ConfigurationNode(kind: kind, place: place)
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
