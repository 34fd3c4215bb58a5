/// One value of the configuration, as Swift's decoding sees it.
struct ValueDecoder: Decoder {
    let context: LoadContext
    let node: ConfigurationNode
    let path: ConfigurationPath
    let record: ReadRecord

    var codingPath: [any CodingKey] { path.codingPath }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    var isInFileThatEverybodyReads: Bool {
        guard case .line = node.place else { return false }
        return context.isReadableByEverybody
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        let members = try members()
        record.open(members) { Key(stringValue: $0) != nil }
        return KeyedDecodingContainer(MappingReader(decoder: self, members: members))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { ListReader(decoder: self, items: try items()) }

    func singleValueContainer() -> any SingleValueDecodingContainer { SingleValueReader(decoder: self) }

    func members() throws(ConfigurationError) -> [ConfigurationNode.Member] {
        guard case .mapping(let members) = node.kind else {
            throw problem("is \(node.kindInWords)", advice: "write a mapping, key: value")
        }
        return members
    }

    func items() throws(ConfigurationError) -> [ConfigurationNode] {
        guard case .list(let items) = node.kind else {
            throw problem("is \(node.kindInWords)", advice: "write a list: [first, second], or one - item a line")
        }
        return items
    }

    func problem(_ fault: String, advice: String) -> ConfigurationError {
        context.problem(fault, advice: advice, node.place, path)
    }

    /// Reads a value below this one.
    func read<Value: Decodable>(
        _ type: Value.Type, _ node: ConfigurationNode, _ step: ConfigurationPath.Step, fallback: Any? = nil
    ) throws(ConfigurationError) -> (value: Value, effective: EffectiveValue) {
        let record = ReadRecord()
        let value = try context.read(type, node, at: path.appending(step), record: record, fallback: fallback)
        return (value, record.effective ?? .null)
    }
}

/// A value that is itself the value of another type: of an enumeration, of a wrapper.
private struct SingleValueReader: SingleValueDecodingContainer {
    let decoder: ValueDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.node.isNull }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let inner = ReadRecord()
        let value = try decoder.context.read(type, decoder.node, at: decoder.path, record: inner)
        // A word that stands for a richer value is shown as that value shows itself.
        if !(type is any ScalarReading.Type) { decoder.record.effective = inner.effective }
        return value
    }
}

/// The items of a list, one after the other.
private struct ListReader: UnkeyedDecodingContainer {
    let decoder: ValueDecoder
    let items: [ConfigurationNode]
    var currentIndex = 0

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex == items.count }

    mutating func decodeNil() throws -> Bool {
        guard try next().isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try decoder.read(type, next(), .index(currentIndex)).value
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try superDecoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try superDecoder().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder {
        defer { currentIndex += 1 }
        return ValueDecoder(
            context: decoder.context, node: try next(), path: decoder.path.appending(.index(currentIndex)),
            record: ReadRecord())
    }

    private func next() throws(ConfigurationError) -> ConfigurationNode {
        guard !isAtEnd else {
            throw decoder.problem("has only \(items.count) items", advice: "add what is missing")
        }
        return items[currentIndex]
    }
}
