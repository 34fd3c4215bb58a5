public import LosslessJSON

/// A number or a name, like the port of a probe.
public enum IntOrString: Hashable, Sendable {
    /// A number.
    case int(Int32)
    /// A name, or a percentage.
    case string(String)

    package static var zero: IntOrString { .int(0) }
}

extension IntOrString: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    /// A number.
    public init(integerLiteral value: Int32) { self = .int(value) }
    /// A name.
    public init(stringLiteral value: String) { self = .string(value) }
}

extension IntOrString: CustomStringConvertible {
    /// The number or name as text.
    public var description: String {
        switch self {
        case .int(let value): "\(value)"
        case .string(let value): value
        }
    }
}

extension IntOrString: JSONReadable, JSONWritable {
    /// Reads a number or a string.
    public init(from reader: inout JSONReader) throws(JSONError) {
        if reader.nextIsString {
            self = .string(try reader.string())
        } else if reader.nextIsNumber {
            self = .int(try Int32(from: &reader))
        } else {
            throw reader.mismatch("a number or a string")
        }
    }

    /// Writes the number or string.
    public func write(to writer: inout JSONWriter) {
        switch self {
        case .int(let value): value.write(to: &writer)
        case .string(let value): value.write(to: &writer)
        }
    }
}
