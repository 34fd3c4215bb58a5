/// Reads one YAML document into nodes, with limits on everything that hostile or mistaken input can blow up.
struct YAMLDocument {
    struct Limits {
        var bytes = 1 << 20
        var depth = 64
        /// Nodes after aliases are expanded, so that a few lines of anchors cannot become gigabytes.
        var nodes = 100_000
    }

    private let events: YAMLEvents
    private let file: String
    private let limits: Limits
    private var anchors: [String: (node: ConfigurationNode, size: Int)] = [:]
    private var nodesMade = 0

    /// The only document of a text; nil when there is none, or nothing in it.
    static func parse(
        _ bytes: [UInt8], file: String, limits: Limits = Limits()
    ) throws(YAMLFault) -> ConfigurationNode? {
        guard bytes.count <= limits.bytes else {
            throw YAMLFault(
                line: 1, "the text has \(bytes.count) bytes, more than the \(limits.bytes) that are read",
                advice: "give the path of a configuration file")
        }
        try checkEncoding(bytes)
        var document = YAMLDocument(events: YAMLEvents(bytes), file: file, limits: limits)
        return try document.parse()
    }

    /// All documents of a text, without the empty ones.
    static func parseAll(
        _ bytes: [UInt8], file: String, limits: Limits
    ) throws(YAMLFault) -> [ConfigurationNode] {
        guard bytes.count <= limits.bytes else {
            throw YAMLFault(line: 1, "the text has more than the \(limits.bytes) bytes that are read", advice: "")
        }
        try checkEncoding(bytes)
        var document = YAMLDocument(events: YAMLEvents(bytes), file: file, limits: limits)
        var nodes: [ConfigurationNode] = []
        _ = try document.events.next()
        while case .documentStart = try document.events.next().event {
            let root = try document.node(after: try document.events.next(), depth: 0)
            if !root.isNull { nodes.append(root) }
            document.anchors = [:]
            _ = try document.events.next()
        }
        return nodes
    }

    private init(events: YAMLEvents, file: String, limits: Limits) {
        self.events = events
        self.file = file
        self.limits = limits
    }

    private static func checkEncoding(_ bytes: [UInt8]) throws(YAMLFault) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw YAMLFault(line: 1, "the text is UTF-16", advice: "save the file as UTF-8")
        }
        var line = 1
        for (number, part) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        where String(validating: part, as: UTF8.self) == nil {
            line = number + 1
            throw YAMLFault(line: line, "the line has bytes that are not UTF-8", advice: "save the file as UTF-8")
        }
    }

    private mutating func parse() throws(YAMLFault) -> ConfigurationNode? {
        _ = try events.next()
        guard case .documentStart = try events.next().event else { return nil }
        let root = try node(after: try events.next(), depth: 0)
        _ = try events.next()
        let (event, line) = try events.next()
        guard case .streamEnd = event else {
            throw YAMLFault(
                line: line, "a second document begins here", advice: "keep one document in the file, without ---")
        }
        return root.isNull ? nil : root
    }

    private mutating func node(
        after first: (event: YAMLEvents.Event, line: Int), depth: Int
    ) throws(YAMLFault) -> ConfigurationNode {
        let (event, line) = first
        guard depth < limits.depth else {
            throw YAMLFault(
                line: line, "the values are nested deeper than \(limits.depth) levels", advice: "flatten them")
        }
        try count(1, line: line)
        let before = nodesMade
        let kind: ConfigurationNode.Kind
        let anchor: String?
        switch event {
        case .alias(let name):
            return try expand(name, line: line)
        case .scalar(let text, let isPlain, let tag, let name):
            try checkTag(tag, allowed: ["str", "int", "float", "bool", "null"], line: line)
            let isText = !isPlain || tag.map(Self.shortTag) == "str"
            kind = .scalar(.init(text: text, style: isText ? .quoted : .plain))
            anchor = name
        case .listStart(let tag, let name):
            try checkTag(tag, allowed: ["seq"], line: line)
            kind = .list(try list(depth: depth))
            anchor = name
        case .mappingStart(let tag, let name):
            try checkTag(tag, allowed: ["map"], line: line)
            kind = .mapping(try mapping(depth: depth))
            anchor = name
        case .streamStart, .streamEnd, .documentStart, .documentEnd, .listEnd, .mappingEnd:
            throw YAMLFault(line: line, "a value is missing here", advice: "")
        }
        let node = ConfigurationNode(kind: kind, place: .line(line, file: file))
        if let anchor { anchors[anchor] = (node, nodesMade - before + 1) }
        return node
    }

    private mutating func list(depth: Int) throws(YAMLFault) -> [ConfigurationNode] {
        var items: [ConfigurationNode] = []
        while true {
            let next = try events.next()
            if case .listEnd = next.event { return items }
            items.append(try node(after: next, depth: depth + 1))
        }
    }

    private mutating func mapping(depth: Int) throws(YAMLFault) -> [ConfigurationNode.Member] {
        var members: [ConfigurationNode.Member] = []
        var lines: [String: Int] = [:]
        var merged: [ConfigurationNode] = []
        while true {
            let next = try events.next()
            if case .mappingEnd = next.event { break }
            guard case .scalar(let key, let isPlain, _, _) = next.event else {
                throw YAMLFault(
                    line: next.line, "a key that is not a plain word", advice: "write keys as single words or text")
            }
            let value = try node(after: try events.next(), depth: depth + 1)
            if key == "<<", isPlain {
                merged.append(value)
                continue
            }
            if let earlier = lines.updateValue(next.line, forKey: key) {
                throw YAMLFault(
                    line: next.line, "the key \(quoted(key)) is here twice, first in line \(earlier)",
                    advice: "keep one of them")
            }
            members.append(.init(key: key, keyPlace: .line(next.line, file: file), value: value))
        }
        for node in merged { try merge(node, into: &members, known: &lines) }
        return members
    }

    /// The merge key `<<`: what the mapping itself says wins, then what comes first.
    private func merge(
        _ node: ConfigurationNode, into members: inout [ConfigurationNode.Member], known: inout [String: Int]
    ) throws(YAMLFault) {
        let line = if case .line(let line, _) = node.place { line } else { 1 }
        switch node.kind {
        case .mapping(let others):
            for other in others where known.updateValue(line, forKey: other.key) == nil { members.append(other) }
        case .list(let nodes):
            for node in nodes { try merge(node, into: &members, known: &known) }
        case .scalar:
            throw YAMLFault(line: line, "<< stands before a single value", advice: "give it the alias of a mapping")
        }
    }

    private mutating func expand(_ name: String, line: Int) throws(YAMLFault) -> ConfigurationNode {
        guard let (node, size) = anchors[name] else {
            throw YAMLFault(
                line: line, "the alias *\(name) has no anchor that is complete before it",
                advice: "define it above with &\(name)")
        }
        try count(size, line: line)
        return node
    }

    private mutating func count(_ nodes: Int, line: Int) throws(YAMLFault) {
        nodesMade += nodes
        guard nodesMade <= limits.nodes else {
            throw YAMLFault(
                line: line, "the text has more than \(limits.nodes) values when its aliases are expanded",
                advice: "use fewer values or aliases")
        }
    }

    private func checkTag(_ tag: String?, allowed: [String], line: Int) throws(YAMLFault) {
        guard let tag, !allowed.contains(Self.shortTag(tag)), tag != "!" else { return }
        throw YAMLFault(line: line, "the tag \(quoted(tag)) means nothing here", advice: "remove it")
    }

    private static func shortTag(_ tag: String) -> String {
        let prefix = "tag:yaml.org,2002:"
        return tag.hasPrefix(prefix) ? String(tag.dropFirst(prefix.count)) : tag
    }
}
