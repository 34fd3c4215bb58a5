import CYAML

/// The events of a YAML stream, as libyaml gives them.
///
/// libyaml keeps pointers into its parser and into the input, so both live as long as this object.
final class YAMLEvents {
    enum Event {
        case streamStart, streamEnd, documentStart, documentEnd
        case alias(String)
        case scalar(text: String, isPlain: Bool, tag: String?, anchor: String?)
        case listStart(tag: String?, anchor: String?)
        case listEnd
        case mappingStart(tag: String?, anchor: String?)
        case mappingEnd
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    init(_ bytes: [UInt8]) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        yaml_parser_initialize(parser)
        input = .allocate(capacity: max(bytes.count, 1))
        _ = input.initialize(from: bytes)
        yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event and its line, counted from one.
    func next() throws(YAMLFault) -> (event: Event, line: Int) {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else { throw fault() }
        defer { yaml_event_delete(&raw) }
        return (try event(from: raw), Int(raw.start_mark.line) + 1)
    }

    private func event(from raw: yaml_event_t) throws(YAMLFault) -> Event {
        switch raw.type {
        case YAML_STREAM_START_EVENT: return .streamStart
        case YAML_STREAM_END_EVENT: return .streamEnd
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_SEQUENCE_END_EVENT: return .listEnd
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        case YAML_ALIAS_EVENT: return .alias(text(raw.data.alias.anchor) ?? "")
        case YAML_SEQUENCE_START_EVENT:
            let start = raw.data.sequence_start
            return .listStart(tag: text(start.tag), anchor: text(start.anchor))
        case YAML_MAPPING_START_EVENT:
            let start = raw.data.mapping_start
            return .mappingStart(tag: text(start.tag), anchor: text(start.anchor))
        case YAML_SCALAR_EVENT:
            let scalar = raw.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(
                text: String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
                tag: text(scalar.tag), anchor: text(scalar.anchor))
        default:
            throw YAMLFault(line: Int(raw.start_mark.line) + 1, "an event that YAML does not know", advice: "")
        }
    }

    private func text(_ bytes: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        bytes.map { String(cString: $0) }
    }

    private func fault() -> YAMLFault {
        let said = parser.pointee.problem.map { String(cString: $0) } ?? "not YAML"
        let line = Int(parser.pointee.problem_mark.line) + 1
        if startsWithTab(line: line) {
            return YAMLFault(
                line: line, "the line is indented with a tab, which YAML does not allow",
                advice: "indent it with spaces")
        }
        return YAMLFault(line: line, "not YAML: \(said)", advice: "check quotes, colons and indentation here and above")
    }

    /// libyaml's own words for a tab do not name it.
    private func startsWithTab(line: Int) -> Bool {
        let lines = input.split(separator: UInt8(ascii: "\n"), maxSplits: line, omittingEmptySubsequences: false)
        guard lines.indices.contains(line - 1) else { return false }
        let blank = lines[line - 1].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        return blank.contains(UInt8(ascii: "\t"))
    }
}

/// What is wrong with a YAML text, and in which line.
struct YAMLFault: Error {
    var line: Int
    var fault: String
    var advice: String

    init(line: Int, _ fault: String, advice: String) {
        self.line = line
        self.fault = fault
        self.advice = advice
    }
}
