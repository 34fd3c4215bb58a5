/// The keys of a mapping: from the environment, from the file, or the default of the section.
struct MappingReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: ValueDecoder
    private let members: [ConfigurationNode.Member]
    private let values: [String: ConfigurationNode]

    init(decoder: ValueDecoder, members: [ConfigurationNode.Member]) {
        self.decoder = decoder
        self.members = members
        values = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
    }

    var codingPath: [any CodingKey] { decoder.codingPath }

    var allKeys: [Key] {
        members.compactMap { member in
            decoder.record.ask(for: member.key)
            return Key(stringValue: member.key)
        }
    }

    func contains(_ key: Key) -> Bool {
        let (node, _) = find(key)
        if case .absent = node.place, decoder.record.defaults?.contains(key.stringValue) != true {
            decoder.record.keep(.null, for: key.stringValue, from: node.place)
            return false
        }
        return true
    }

    func decodeNil(forKey key: Key) -> Bool {
        let (node, _) = find(key)
        guard node.isNull else { return false }
        if case .absent = node.place { return false }
        decoder.record.keep(.null, for: key.stringValue, from: node.place)
        return true
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let record = decoder.record
        guard let defaults = record.defaults else { return try value(type, key, fallback: nil) }
        let fallback = defaults.value(type, for: key.stringValue)
        do {
            return try value(type, key, fallback: fallback)
        } catch {
            // Everything else of the section is read before it is given up, so that all is told at once.
            let empty: Any? = (type as? any RequiredValue.Type)?.init() ?? (type as? any ScalarReading.Type)?.init()
            guard let standIn = fallback ?? empty as? Value else { throw error }
            record.problems += error.problems
            return standIn
        }
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard contains(key) || isGivenBelow(type, key), !decodeNil(forKey: key) else { return nil }
        let fallback = decoder.record.defaults?.value(type, for: key.stringValue)
        do {
            return try value(type, key, fallback: fallback)
        } catch {
            guard decoder.record.defaults != nil else { throw error }
            decoder.record.problems += error.problems
            return nil
        }
    }

    private func value<Value: Decodable>(
        _ type: Value.Type, _ key: Key, fallback: Value?
    ) throws(ConfigurationError) -> Value {
        let (node, path) = find(key)
        if case .absent = node.place, !(type is any ConfigurationSection.Type), !isGivenBelow(type, key) {
            guard let fallback, !(type is any RequiredValue.Type) else {
                throw decoder.context.problem("is missing", advice: "add it", decoder.node.place, path)
            }
            decoder.record.keep(EffectiveValue(reflecting: fallback), for: key.stringValue, from: node.place)
            return fallback
        }
        let (value, effective) = try decoder.read(type, node, .key(key.stringValue), fallback: fallback)
        decoder.record.keep(effective, for: key.stringValue, from: node.place)
        return value
    }

    /// The value of a key; an empty mapping, absent, when it is given nowhere.
    private func find(_ key: Key) -> (node: ConfigurationNode, path: ConfigurationPath) {
        decoder.record.ask(for: key.stringValue)
        let path = decoder.path.appending(.key(key.stringValue))
        if let value = decoder.context.environment.value(at: path) { return (value, path) }
        if let value = values[key.stringValue] { return (value, path) }
        return (ConfigurationNode(kind: .mapping([]), place: .absent(file: decoder.context.file)), path)
    }

    /// Whether the environment gives keys of a value that is not in the file itself.
    private func isGivenBelow<Value>(_ type: Value.Type, _ key: Key) -> Bool {
        guard type is any ConfigurationSection.Type || type == SensitiveText.self else { return false }
        return decoder.context.environment.reaches(below: decoder.path.appending(.key(key.stringValue)))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try superDecoder(forKey: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try superDecoder(forKey: key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        let (node, path) = find(key)
        if case .absent = node.place {
            throw decoder.context.problem("is missing", advice: "add it", decoder.node.place, path)
        }
        return ValueDecoder(context: decoder.context, node: node, path: path, record: ReadRecord())
    }
}
