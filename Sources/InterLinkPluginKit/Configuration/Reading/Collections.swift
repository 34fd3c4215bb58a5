/// Lists and dictionaries are read here, not by their own decoding, to tell what is wrong with every item at once.
protocol ListReading {
    static func read(_ decoder: ValueDecoder) throws(ConfigurationError) -> Self
}

protocol MappingReading {
    static func read(_ decoder: ValueDecoder) throws(ConfigurationError) -> Self
}

extension Array: ListReading where Element: Decodable {
    static func read(_ decoder: ValueDecoder) throws(ConfigurationError) -> [Element] {
        var result: [Element] = []
        var effective: [EffectiveValue] = []
        var problems: [ConfigurationProblem] = []
        for (index, item) in try decoder.items().enumerated() {
            do {
                let read = try decoder.read(Element.self, item, .index(index))
                result.append(read.value)
                effective.append(read.effective)
            } catch {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        decoder.record.effective = .list(effective)
        return result
    }
}

extension Dictionary: MappingReading where Key == String, Value: Decodable {
    static func read(_ decoder: ValueDecoder) throws(ConfigurationError) -> [String: Value] {
        var result: [String: Value] = [:]
        var problems: [ConfigurationProblem] = []
        let members = try decoder.members()
        decoder.record.open(members) { _ in true }
        for member in members {
            decoder.record.ask(for: member.key)
            let path = decoder.path.appending(.key(member.key))
            let node = decoder.context.environment.value(at: path) ?? member.value
            do {
                let read = try decoder.read(Value.self, node, .key(member.key))
                result[member.key] = read.value
                decoder.record.keep(read.effective, for: member.key, from: node.place)
            } catch {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        return result
    }
}
