/// Writes the string types with known values. They are structs, not enums: a value of a later Kubernetes has to pass.
struct EnumWriter {
    func file(_ types: [EnumType]) -> String {
        var text = SwiftWriter.header + "\n\npublic import LosslessJSON\n\n"
        text += types.map(typeText).joined(separator: "\n")
        return text
    }

    private func typeText(_ type: EnumType) -> String {
        var lines = ["/// \(type.documentation) Values beyond the known ones pass unharmed."]
        lines.append(
            "public struct \(type.swiftName): RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {")
        for (name, value) in type.cases {
            lines.append("    /// `\(value)`")
            lines.append("    public static let \(quoted(name)) = \(type.swiftName)(rawValue: \"\(value)\")")
        }
        lines.append(
            """

                /// The text on the wire.
                public let rawValue: String
                /// Any value by its text.
                @inlinable public init(rawValue: String) { self.rawValue = rawValue }
                /// Any value by its text.
                @inlinable public init(stringLiteral value: String) { rawValue = value }
            }

            extension \(type.swiftName): JSONReadable, JSONWritable {
                /// Reads a string.
                @inlinable public init(from reader: inout JSONReader) throws(JSONError) { rawValue = try reader.string() }
                /// Writes a string.
                @inlinable public func write(to writer: inout JSONWriter) { writer.string(rawValue) }
            }
            """)
        return lines.joined(separator: "\n") + "\n"
    }

    private func quoted(_ name: String) -> String { ["default", "in"].contains(name) ? "`\(name)`" : name }
}
