/// Typed values from JSON text and back.
///
/// ```swift
/// let pod = try JSON.decode(Pod.self, from: body)
/// let bytes = JSON.encode(pod)
/// ```
public enum JSON {
    /// Reads one document, and nothing behind it.
    ///
    /// - Throws: ``JSONError``, with the path to what was wrong.
    @inlinable public static func decode<Value: JSONReadable>(
        _: Value.Type = Value.self, from bytes: [UInt8], options: JSONReader.Options = .init()
    ) throws(JSONError) -> Value {
        try read(bytes, options: options) { (reader) throws(JSONError) -> Value in try Value(from: &reader) }
    }

    /// The text of a value.
    @inlinable public static func encode(_ value: some JSONWritable) -> [UInt8] {
        var writer = JSONWriter()
        value.write(to: &writer)
        return writer.bytes
    }

    /// Reads one document with code of one's own, for what is no type: a scan that takes a few members only.
    @inlinable public static func read<Result>(
        _ bytes: [UInt8], options: JSONReader.Options = .init(),
        _ body: (inout JSONReader) throws(JSONError) -> Result
    ) throws(JSONError) -> Result {
        do {
            return try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> Result in
                guard let start = buffer.baseAddress, !buffer.isEmpty else {
                    throw JSONError(offset: 0, problem: .syntax("the document is empty"))
                }
                var reader = JSONReader(buffer, from: start, options: options)
                reader.skipSpace()
                let result = try body(&reader)
                try reader.finish()
                return result
            }
        } catch {
            throw error.located(in: bytes)
        }
    }
}

extension JSONReader {
    @inlinable mutating func finish() throws(JSONError) {
        skipSpace()
        guard position == end else { throw syntax("something stands behind the end of the document") }
    }
}

extension JSONError {
    /// The error with its path.
    @usableFromInline func located(in bytes: [UInt8]) -> JSONError {
        let isMissing = if case .missing = problem { true } else { false }
        let path = bytes.withUnsafeBufferPointer { JSONPath.path(to: offset, ofObject: isMissing, in: $0) }
        return JSONError(offset: offset, problem: problem, path: path)
    }
}
