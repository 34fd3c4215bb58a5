/// The keys of a mapping: from the environment, from the file, or the default of the section.
struct MappingReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: ValueDecoder
    let members: [ConfigurationNode.Member]

    var codingPath: [any CodingKey] { decoder.codingPath }

    var allKeys: [Key] {
        members.compactMap { member in
            decoder.trace.ask(for: member.key)
            return Key(stringValue: member.key)
        }
    }

    func contains(_ key: Key) -> Bool {
        let (node, _) = find(key)
        if case .absent = node.place, decoder.trace.defaults?.contains(key.stringValue) != true {
            decoder.trace.record(.null, for: key.stringValue, from: node.place)
            return reachesBelow(key)
        }
        return true
    }

    func decodeNil(forKey key: Key) -> Bool {
        let (node, _) = find(key)
        guard node.isNull else { return false }
        if case .absent = node.place { return false }
        decoder.trace.record(.null, for: key.stringValue, from: node.place)
        return true
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let trace = decoder.trace
        guard let defaults = trace.defaults else { return try value(type, key, fallback: nil) }
        let fallback = defaults.value(type, for: key.stringValue)
        do {
            return try value(type, key, fallback: fallback)
        } catch {
            // Everything else of the section is read before it is given up, so that all is told at once.
            let empty: Any? = (type as? any RequiredValue.Type)?.init() ?? (type as? any ScalarReading.Type)?.init()
            guard let standIn = fallback ?? empty as? Value else { throw error }
            trace.problems += error.problems
            return standIn
        }
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard contains(key), !decodeNil(forKey: key) else { return nil }
        let fallback = decoder.trace.defaults?.value(type, for: key.stringValue)
        do {
            return try value(type, key, fallback: fallback)
        } catch {
            guard decoder.trace.defaults != nil else { throw error }
            decoder.trace.problems += error.problems
            return nil
        }
    }

    private func value<Value: Decodable>(
        _ type: Value.Type, _ key: Key, fallback: Value?
    ) throws(ConfigurationError) -> Value {
        let (node, path) = find(key)
        let isSection = type is any ConfigurationSection.Type
        if case .absent = node.place, !isSection {
            guard let fallback, !(type is any RequiredValue.Type) else {
                throw decoder.context.problem("is missing", advice: "add it", decoder.node.place, path)
            }
            decoder.trace.record(EffectiveValue(reflecting: fallback), for: key.stringValue, from: node.place)
            return fallback
        }
        let (value, effective) = try decoder.read(type, node, .key(key.stringValue), fallback: fallback)
        decoder.trace.record(effective, for: key.stringValue, from: node.place)
        return value
    }

    /// The value of a key; an empty mapping, absent, when it is given nowhere.
    private func find(_ key: Key) -> (node: ConfigurationNode, path: ConfigurationPath) {
        decoder.trace.ask(for: key.stringValue)
        let path = decoder.path.appending(.key(key.stringValue))
        if let value = decoder.context.environment.value(at: path) { return (value, path) }
        if let member = members.first(where: { $0.key == key.stringValue }) { return (member.value, path) }
        return (ConfigurationNode(kind: .mapping([]), place: .absent(file: decoder.context.file)), path)
    }

    private func reachesBelow(_ key: Key) -> Bool {
        decoder.context.environment.reaches(below: decoder.path.appending(.key(key.stringValue)))
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
        return ValueDecoder(context: decoder.context, node: node, path: path, trace: Trace())
    }
}
