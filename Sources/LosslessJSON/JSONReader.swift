/// Reads one JSON document from bytes, value by value, straight into typed values.
///
/// Strict: what is not JSON (RFC 8259) is refused, and nothing in the bytes can make it crash. Types read themselves
/// with the calls below; generated code does it for objects:
///
/// ```swift
/// try reader.beginObject()
/// while let key = try reader.nextMember() {
///     switch key {
///     case "name": name = try reader.string()
///     default: try reader.keep(key, in: &extras)
///     }
/// }
/// ```
///
/// It points into memory that it does not own, so it exists only inside ``JSON/read(_:options:_:)``.
public struct JSONReader: ~Copyable {
    @usableFromInline let start: UnsafePointer<UInt8>
    @usableFromInline let end: UnsafePointer<UInt8>
    @usableFromInline var position: UnsafePointer<UInt8>
    @usableFromInline var depth = 0
    @usableFromInline let options: Options

    /// Just behind an opening bracket, where no comma is due.
    @usableFromInline var isFirst = true

    /// The value just read said more than its typed form holds: its text has to be kept. See ``JSONExtras``.
    @usableFromInline var isUnusual = false

    /// The limits of a reader, and how it takes what is missing.
    public struct Options: Sendable {
        /// How deep objects and lists may stand in one another.
        public var maximumDepth = 512

        /// Take a missing required member for its zero, as Go does, instead of refusing the document. For judging what
        /// others sent, never for deciding what to do: a missing exit code is not a zero.
        public var missingMembersAreZero = false

        /// The usual limits.
        public init() {}
    }

    @inlinable init(_ bytes: UnsafeBufferPointer<UInt8>, from start: UnsafePointer<UInt8>, options: Options) {
        self.start = start
        self.end = start + bytes.count
        self.position = start
        self.options = options
    }

    /// How many bytes have been read.
    @inlinable public var offset: Int { position - start }

    // MARK: Bytes

    @inline(__always) @inlinable mutating func skipSpace() {
        // Documents of programs have none.
        if position < end, position.pointee <= 0x20 { skipSpaceSlowly() }
    }

    @inline(never) @usableFromInline mutating func skipSpaceSlowly() {
        while position < end {
            let byte = position.pointee
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    /// The byte that begins the next value; at the end of the document an error.
    @inlinable mutating func peek() throws(JSONError) -> UInt8 {
        guard position < end else { throw syntax("the document ends too early") }
        return position.pointee
    }

    @inline(never) @usableFromInline func syntax(_ text: String) -> JSONError {
        JSONError(offset: offset, problem: .syntax(text))
    }

    // MARK: Objects and lists

    /// Enters an object.
    @inlinable public mutating func beginObject() throws(JSONError) {
        guard position < end, position.pointee == UInt8(ascii: "{") else { throw mismatch("an object") }
        try enter()
    }

    /// Enters a list.
    @inlinable public mutating func beginArray() throws(JSONError) {
        guard position < end, position.pointee == UInt8(ascii: "[") else { throw mismatch("a list") }
        try enter()
    }

    @inline(__always) @inlinable mutating func enter() throws(JSONError) {
        depth &+= 1
        guard depth <= options.maximumDepth else { throw tooDeep }
        position += 1
        isFirst = true
        skipSpace()
    }

    @usableFromInline var tooDeep: JSONError {
        @inline(never) get {
            JSONError(offset: offset, problem: .limit("nested deeper than \(options.maximumDepth) levels"))
        }
    }

    @inlinable mutating func leave() {
        position += 1
        depth &-= 1
        isFirst = false
    }

    /// The next member's name, with the reader before its value; nil behind the last one, with the object left.
    public mutating func nextMember() throws(JSONError) -> JSONKey? {
        skipSpace()
        var byte = try peek()
        if byte == UInt8(ascii: "}") {
            leave()
            return nil
        }
        if isFirst {
            isFirst = false
        } else {
            guard byte == UInt8(ascii: ",") else { throw syntax("expected a comma or the end of the object") }
            position += 1
            skipSpace()
            byte = try peek()
        }
        guard byte == UInt8(ascii: "\"") else { throw syntax("expected the name of a member") }
        let text = try scanString()
        // Nearly always the colon comes at once.
        if position < end, position.pointee != UInt8(ascii: ":") { skipSpace() }
        guard position < end, position.pointee == UInt8(ascii: ":") else {
            throw syntax("expected a colon behind the name of a member")
        }
        position += 1
        skipSpace()
        // Few names become strings, so whether they are ASCII is not asked here.
        return JSONKey(JSONSlice(start: text.start, count: text.count, isEscaped: text.isEscaped, isASCII: false))
    }

    /// Whether there is another element, with the reader before it; behind the last one the list is left.
    @inlinable public mutating func nextElement() throws(JSONError) -> Bool {
        skipSpace()
        let byte = try peek()
        if byte == UInt8(ascii: "]") {
            leave()
            return false
        }
        if isFirst {
            isFirst = false
            return true
        }
        guard byte == UInt8(ascii: ",") else { throw syntax("expected a comma or the end of the list") }
        position += 1
        skipSpace()
        return true
    }

    /// The text of a member's name; refused if it is not UTF-8.
    public mutating func name(of key: JSONKey) throws(JSONError) -> String {
        try text(key.slice)
    }

    // MARK: Leaves

    /// Reads `true` or `false`.
    @inlinable public mutating func boolean() throws(JSONError) -> Bool {
        if takeLiteral("true") { return true }
        if takeLiteral("false") { return false }
        throw mismatch("true or false")
    }

    /// Takes a `null` if there is one.
    @inlinable public mutating func takeNull() -> Bool {
        guard position < end, position.pointee == UInt8(ascii: "n") else { return false }
        return takeRestOfNull()
    }

    @inline(never) @usableFromInline mutating func takeRestOfNull() -> Bool { takeLiteral("null") }

    @inlinable mutating func takeLiteral(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard end - position >= count, memoryIsEqual(position, literal.utf8Start, count) else { return false }
        position += count
        return true
    }

    /// Reads a value that may be absent: an explicit `null` is nil, and its text is kept in the extras.
    @inlinable public mutating func optional<Value: JSONReadable>(
        _: Value.Type = Value.self
    ) throws(JSONError) -> Value? {
        if takeNull() {
            isUnusual = true
            return nil
        }
        return try Value(from: &self)
    }

    /// The same, into its place.
    @inlinable public mutating func optional<Value: JSONReadable>(into place: inout Value?) throws(JSONError) {
        if takeNull() {
            isUnusual = true
            place = nil
        } else {
            try Value.read(into: &place, from: &self)
        }
    }

    /// The same, into a box of its own.
    @inlinable public mutating func optional<Value: JSONObject>(
        into place: inout Boxed<Value>
    ) throws(JSONError) {
        if takeNull() {
            isUnusual = true
            place = Boxed(wrappedValue: nil)
        } else {
            place = try Boxed(reading: &self)
        }
    }

    /// Reads a list that is required, but that Go writes as `null` when it is empty.
    @inlinable public mutating func list<Element: JSONReadable>(into list: inout [Element]) throws(JSONError) {
        list = []
        if takeNull() {
            isUnusual = true
        } else {
            try appendElements(to: &list)
        }
    }

    @inlinable mutating func appendElements<Element: JSONReadable>(
        to list: inout [Element]
    ) throws(JSONError) {
        try beginArray()
        while try nextElement() {
            // Small elements come in numbers: saves the growing from one to two to four.
            if list.isEmpty, MemoryLayout<Element>.stride <= 128 { list.reserveCapacity(4) }
            try Element.append(to: &list, from: &self)
        }
    }

    /// Marks the value just read as one whose text says more than its typed form.
    @inlinable public mutating func markUnusual() { isUnusual = true }

    // MARK: Errors

    /// The error for a value of another kind than `expected`, which begins here.
    @inline(never) public func mismatch(_ expected: String) -> JSONError {
        guard position < end else { return syntax("the document ends too early") }
        return JSONError(offset: offset, problem: .mismatch(expected: expected, found: kind))
    }

    /// The kind of the value that begins here, in words.
    private var kind: String {
        switch position.pointee {
        case UInt8(ascii: "{"): return "an object"
        case UInt8(ascii: "["): return "a list"
        case UInt8(ascii: "\""): return "a string"
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return "true or false"
        case UInt8(ascii: "n"): return "null"
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let text = UnsafeBufferPointer(start: position, count: min(end - position, 24))
            return "the number \(String(decoding: text.prefix { JSONReader.isNumberByte($0) }, as: UTF8.self))"
        default: return "something that is not JSON"
        }
    }
}

extension JSONReader {
    /// Whether the value that comes next is a string.
    @inlinable public var nextIsString: Bool { position < end && position.pointee == UInt8(ascii: "\"") }

    /// Whether the value that comes next is a number.
    @inlinable public var nextIsNumber: Bool {
        position < end && (position.pointee == UInt8(ascii: "-") || position.pointee &- UInt8(ascii: "0") < 10)
    }
}
