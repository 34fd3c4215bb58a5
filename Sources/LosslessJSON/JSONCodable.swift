/// A value that can be read from JSON.
public protocol JSONReadable {
    /// Reads one value, and leaves the reader behind it.
    init(from reader: inout JSONReader) throws(JSONError)

    /// Reads one value into a place that holds nothing yet. Objects do it without a copy.
    static func read(into place: inout Self?, from reader: inout JSONReader) throws(JSONError)

    /// Reads one value to the end of a list. Objects do it without a copy.
    static func append(to list: inout [Self], from reader: inout JSONReader) throws(JSONError)
}

extension JSONReadable {
    /// Reads one value into a place that holds nothing yet.
    @inlinable public static func read(
        into place: inout Self?, from reader: inout JSONReader
    ) throws(JSONError) {
        place = try Self(from: &reader)
    }

    /// Reads one value to the end of a list.
    @inlinable public static func append(
        to list: inout [Self], from reader: inout JSONReader
    ) throws(JSONError) {
        list.append(try Self(from: &reader))
    }
}

/// An object that is read member by member where it stands, in its list or in the object around it.
///
/// Large structs that travel as results of throwing initializers are copied and destroyed at each level of a document,
/// which takes longer than the reading; in place they are not.
public protocol JSONObject: JSONReadable, JSONWritable {
    /// The value before its members are read: absent, empty, zero.
    static var blank: Self { get }

    /// Reads the members of one object into a blank value.
    mutating func read(from reader: inout JSONReader) throws(JSONError)
}

extension JSONObject {
    /// Reads an object.
    @inlinable public init(from reader: inout JSONReader) throws(JSONError) {
        self = .blank
        try read(from: &reader)
    }

    /// Reads an object into a place that holds nothing yet.
    @inlinable public static func read(
        into place: inout Self?, from reader: inout JSONReader
    ) throws(JSONError) {
        place = .blank
        try place?.read(from: &reader)
    }

    /// Reads an object to the end of a list.
    @inlinable public static func append(
        to list: inout [Self], from reader: inout JSONReader
    ) throws(JSONError) {
        list.append(.blank)
        try list[list.count &- 1].read(from: &reader)
    }
}

/// A value that can be written as JSON.
public protocol JSONWritable {
    /// Writes one value.
    func write(to writer: inout JSONWriter)
}

/// A value that goes both ways.
public typealias JSONCodable = JSONReadable & JSONWritable

extension String: JSONReadable, JSONWritable {
    /// Reads a string.
    @inlinable public init(from reader: inout JSONReader) throws(JSONError) { self = try reader.string() }
    /// Writes a string.
    @inlinable public func write(to writer: inout JSONWriter) { writer.string(self) }
}

extension Bool: JSONReadable, JSONWritable {
    /// Reads `true` or `false`.
    @inlinable public init(from reader: inout JSONReader) throws(JSONError) { self = try reader.boolean() }
    /// Writes `true` or `false`.
    @inlinable public func write(to writer: inout JSONWriter) {
        if self { writer.literal("true") } else { writer.literal("false") }
    }
}

extension Int64: JSONReadable, JSONWritable {
    /// Reads a whole number.
    @inlinable public init(from reader: inout JSONReader) throws(JSONError) { self = try reader.integer() }
    /// Writes a whole number.
    @inlinable public func write(to writer: inout JSONWriter) { writer.integer(self) }
}

extension Int32: JSONReadable, JSONWritable {
    /// Reads a whole number of 32 bits.
    @inlinable public init(from reader: inout JSONReader) throws(JSONError) {
        let offset = reader.offset
        let value = try reader.integer()
        guard let narrow = Int32(exactly: value) else {
            throw JSONError(
                offset: offset, problem: .malformed(expected: "a number of 32 bits", found: String(value)))
        }
        self = narrow
    }
    /// Writes a whole number.
    @inlinable public func write(to writer: inout JSONWriter) { writer.integer(Int64(self)) }
}

extension Array: JSONReadable where Element: JSONReadable {
    /// Reads a list.
    @inlinable public init(from reader: inout JSONReader) throws(JSONError) {
        self = []
        try reader.appendElements(to: &self)
    }

    /// Reads a list into a place that holds nothing yet.
    @inlinable public static func read(
        into place: inout Self?, from reader: inout JSONReader
    ) throws(JSONError) {
        var list: Self = []
        try reader.appendElements(to: &list)
        place = list
    }
}

extension Array: JSONWritable where Element: JSONWritable {
    /// Writes a list.
    @inlinable public func write(to writer: inout JSONWriter) {
        writer.beginArray()
        for element in self {
            writer.separate()
            element.write(to: &writer)
        }
        writer.endArray()
    }
}

extension Dictionary: JSONReadable where Key == String, Value: JSONReadable {
    /// Reads an object as a map; of members with the same name, the last wins.
    @inlinable public init(from reader: inout JSONReader) throws(JSONError) {
        self = [:]
        try reader.beginObject()
        while let key = try reader.nextMember() {
            let name = try reader.name(of: key)
            if isEmpty { self = Dictionary(minimumCapacity: 3) }
            self[name] = try Value(from: &reader)
        }
    }
}

extension Dictionary: JSONWritable where Key == String, Value: JSONWritable {
    /// Writes an object, its members in the order of their names, so that equal maps have equal texts.
    @inlinable public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        if count < 2 {
            for (name, value) in self { writer.member(name, value) }
        } else {
            for (name, value) in sorted(by: { $0.key < $1.key }) { writer.member(name, value) }
        }
        writer.endObject()
    }
}
