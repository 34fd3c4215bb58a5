/// What is shared while one configuration is read, and how any value of it is read.
final class LoadContext {
    let file: String
    let isReadableByEverybody: Bool
    let environment: EnvironmentOverrides
    /// Where each key stands, by its path, for the problems that `validate()` finds.
    private var places: [String: ConfigurationNode.Place] = [:]
    private var sections: [(path: ConfigurationPath, section: any ConfigurationSection)] = []

    init(file: String, isReadableByEverybody: Bool, environment: EnvironmentOverrides) {
        self.file = file
        self.isReadableByEverybody = isReadableByEverybody
        self.environment = environment
    }

    /// Reads a value of any type, or tells everything that is wrong with it.
    ///
    /// `fallback` is the section that this one is inside its parent's defaults.
    func read<Value: Decodable>(
        _ type: Value.Type, _ node: ConfigurationNode, at path: ConfigurationPath, record: ReadRecord,
        fallback: Any? = nil
    ) throws(ConfigurationError) -> Value {
        places[path.text] = node.place
        return try explained(type, node.place, path) {
            let value = try value(type, node, at: path, record: record, fallback: fallback)
            if record.effective == nil { record.effective = EffectiveValue(reflecting: value) }
            return value
        }
    }

    /// Reads one of several types that share the keys of a mapping.
    func readPart<Part: Decodable>(_ type: Part.Type, _ decoder: ValueDecoder) throws(ConfigurationError) -> Part {
        let section = type as? any ConfigurationSection.Type
        decoder.record.defaults = section.map { SectionDefaults(of: $0.init()) }
        defer { decoder.record.defaults = nil }
        let part = try explained(type, decoder.node.place, decoder.path) { try Part(from: decoder) }
        if let section = part as? any ConfigurationSection { sections.append((decoder.path, section)) }
        return part
    }

    /// Turns whatever is thrown into problems with the value.
    private func explained<Value>(
        _ type: Value.Type, _ place: ConfigurationNode.Place, _ path: ConfigurationPath, _ body: () throws -> Value
    ) throws(ConfigurationError) -> Value {
        do {
            return try body()
        } catch let error as ConfigurationError {
            throw error
        } catch let error as InvalidScalar {
            throw problem(error.fault, advice: allowedWords(type) ?? error.advice, place, path)
        } catch let DecodingError.keyNotFound(key, _) {
            throw problem("is missing", advice: "add it", place, path.appending(.key(key.stringValue)))
        } catch let error as DecodingError {
            let words = allowedWords(type)
            let fault = words == nil ? error.saying : "is not a word that is known here"
            throw problem(fault, advice: words ?? "", place, path)
        } catch {
            throw problem("\(error)", advice: "", place, path)
        }
    }

    func problem(
        _ fault: String, advice: String, _ place: ConfigurationNode.Place, _ path: ConfigurationPath
    ) -> ConfigurationError {
        ConfigurationError([
            ConfigurationProblem(path.text, fault, advice: advice, place: place.description)
        ])
    }

    /// What the `validate()` of each section says, with the places of the keys.
    func validationProblems() -> [ConfigurationProblem] {
        sections.flatMap { path, section in
            section.validate().map { problem in
                var problem = problem
                let inside = path.text
                if !inside.isEmpty { problem.key = problem.key.isEmpty ? inside : "\(inside).\(problem.key)" }
                let place = places[problem.key] ?? places[inside] ?? .absent(file: file)
                problem.place = place.description
                return problem
            }
        }
    }

    private func value<Value: Decodable>(
        _ type: Value.Type, _ node: ConfigurationNode, at path: ConfigurationPath, record: ReadRecord, fallback: Any?
    ) throws -> Value {
        if let scalarType = type as? any ScalarReading.Type {
            return try cast(scalarType.read(try scalar(node, path)), path)
        }
        if type == Duration.self { return try cast(DurationText.parse(try scalar(node, path).text), path) }
        var node = try structured(node, path)
        // A section whose keys are all commented out is there, with its defaults.
        if node.isNull, type is any ConfigurationSection.Type { node.kind = .mapping([]) }
        let decoder = ValueDecoder(context: self, node: node, path: path, record: record)
        if let listType = type as? any ListReading.Type { return try cast(listType.read(decoder), path) }
        if let mappingType = type as? any MappingReading.Type { return try cast(mappingType.read(decoder), path) }
        if let sectionType = type as? any ConfigurationSection.Type {
            record.defaults = SectionDefaults(of: fallback as? any ConfigurationSection ?? sectionType.init())
        }
        let value: Value
        do {
            value = try explained(type, node.place, path) { try Value(from: decoder) }
        } catch {
            throw ConfigurationError(
                record.problems + record.unknownKeys(isComplete: false, at: path) + error.problems)
        }
        let problems = record.problems + record.unknownKeys(isComplete: true, at: path)
        if !problems.isEmpty { throw ConfigurationError(problems) }
        if let section = value as? any ConfigurationSection { sections.append((path, section)) }
        return value
    }

    private func scalar(
        _ node: ConfigurationNode, _ path: ConfigurationPath
    ) throws(ConfigurationError) -> ConfigurationNode.Scalar {
        if node.isNull {
            throw problem(
                "has no value", advice: "give one, or remove the line to get the default; quote it if it is a text",
                node.place, path)
        }
        guard case .scalar(let scalar) = node.kind else {
            throw problem("is \(node.kindInWords)", advice: "write a single value", node.place, path)
        }
        return scalar
    }

    /// A list or mapping that comes from the environment is written as YAML: `[a, b]`, `{ key: value }`.
    private func structured(
        _ node: ConfigurationNode, _ path: ConfigurationPath
    ) throws(ConfigurationError) -> ConfigurationNode {
        guard case .variable = node.place, case .scalar(let scalar) = node.kind,
            scalar.text.hasPrefix("[") || scalar.text.hasPrefix("{")
        else { return node }
        do {
            let parsed = try YAMLDocument.parse(Array(scalar.text.utf8), file: file)
            return parsed?.moved(to: node.place) ?? node
        } catch {
            throw problem(error.fault, advice: error.advice, node.place, path)
        }
    }

    private func cast<Value>(_ value: Any, _ path: ConfigurationPath) throws(ConfigurationError) -> Value {
        guard let value = value as? Value else {
            throw problem("is of another type", advice: "", .absent(file: file), path)
        }
        return value
    }

    /// For an enumeration of words: which there are.
    private func allowedWords(_ type: Any.Type) -> String? {
        guard let type = type as? any CaseIterable.Type else { return nil }
        return "write one of \(words(type).joined(separator: ", "))"
    }

    private func words<Words: CaseIterable>(_ type: Words.Type) -> [String] {
        type.allCases.map { word in (word as? any RawRepresentable).map { "\($0.rawValue)" } ?? "\(word)" }
    }
}

extension DecodingError {
    /// What the error says, without the type names of Swift around it.
    fileprivate var saying: String {
        switch self {
        case .dataCorrupted(let context): context.debugDescription
        case .keyNotFound(let key, _): "has no \(key.stringValue)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context): context.debugDescription
        @unknown default: "\(self)"
        }
    }
}
