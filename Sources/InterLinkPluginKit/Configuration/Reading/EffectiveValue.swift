/// A value as it took effect, for `--print-config`.
indirect enum EffectiveValue: Sendable {
    struct Member: Sendable {
        var key: String
        var value: EffectiveValue
        /// Where it comes from, if not from the file.
        var origin: String?
    }

    /// Text that is written as it is.
    case word(String)
    /// Text that may need quotes.
    case text(String)
    case list([EffectiveValue])
    case mapping([Member])

    static let null = EffectiveValue.word("null")

    /// What a value looks like in a configuration, by its type or by reflection.
    init(reflecting value: Any) {
        switch value {
        case let value as any ConfigurationScalar: self = .text(value.configurationText)
        case let value as Duration: self = .word(DurationText.text(value))
        case let value as SensitiveText: self = .text(value.description)
        case let value as String: self = .text(value)
        case let value as any ScalarReading: self = .word("\(value)")
        case let value as any RawRepresentable: self.init(reflecting: value.rawValue)
        default: self.init(mirroring: Mirror(reflecting: value), of: value)
        }
    }

    private init(mirroring mirror: Mirror, of value: Any) {
        switch mirror.displayStyle {
        case .optional:
            self = mirror.children.first.map { EffectiveValue(reflecting: $0.value) } ?? .null
        case .collection, .set, .tuple:
            self = .list(mirror.children.map { EffectiveValue(reflecting: $0.value) })
        case .dictionary:
            let members = mirror.children.map { child in
                let pair = Mirror(reflecting: child.value).children.map(\.value)
                return Member(key: "\(pair[0])", value: EffectiveValue(reflecting: pair[1]))
            }
            self = .mapping(members.sorted { $0.key < $1.key })
        case .struct, .class, .foreignReference:
            if value is any RequiredValue {
                self = mirror.children.first.map { EffectiveValue(reflecting: $0.value) } ?? .null
                return
            }
            self = .mapping(
                mirror.children.compactMap { child in
                    child.label.map { label in
                        let name = label.hasPrefix("_") ? String(label.dropFirst()) : label
                        return Member(key: name, value: EffectiveValue(reflecting: child.value))
                    }
                })
        case .enum, .none:
            self = .text("\(value)")
        @unknown default:
            self = .text("\(value)")
        }
    }
}
