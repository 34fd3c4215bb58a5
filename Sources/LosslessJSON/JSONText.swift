/// A JSON value of any shape, kept as the text that it was. Cheaper than ``JSONValue`` where nobody looks inside.
public struct JSONText: Hashable, Sendable, JSONReadable, JSONWritable {
    /// The text, one complete JSON value.
    public let text: String

    /// Checks and keeps a text.
    ///
    /// - Throws: ``JSONError`` if it is not one JSON value.
    public init(_ text: String) throws(JSONError) {
        self = try JSON.decode(from: Array(text.utf8))
    }

    /// The text of a value.
    public init(encoding value: some JSONWritable) {
        text = String(decoding: JSON.encode(value), as: UTF8.self)
    }

    /// Reads any value.
    public init(from reader: inout JSONReader) throws(JSONError) { text = try reader.rawValue() }

    /// Writes the text.
    public func write(to writer: inout JSONWriter) { writer.raw(text) }

    /// The value inside.
    public func decode<Value: JSONReadable>(_: Value.Type = Value.self) throws(JSONError) -> Value {
        try JSON.decode(from: Array(text.utf8))
    }
}

extension JSONText {
    /// The zero of a required member of any shape.
    package static var zero: JSONText { JSONText(checked: "null") }

    private init(checked text: String) { self.text = text }
}
