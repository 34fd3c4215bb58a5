/// Writes the same types for Foundation's coders, the other peer of the JSON benchmark.
struct CodableWriter {
    let reader: SchemaReader

    func file(_ types: [ObjectType]) -> String {
        var text = SwiftWriter.header + "\n\nimport Foundation\n\n"
        text += "/// The types of the model as plain Codable structs.\nenum CodableModel {\n"
        for type in types {
            text += "    struct \(type.schemaName): Codable {\n"
            for member in type.members {
                let name = swiftType(member.kind)
                text += "        var \(quoted(member.jsonName)): \(name)\(member.isRequired ? "" : "?")\n"
            }
            text += "    }\n"
        }
        return text + "}\n"
    }

    private func swiftType(_ kind: Kind) -> String {
        switch kind {
        case .string, .openEnum: "String"
        case .boolean: "Bool"
        case .int32: "Int32"
        case .int64: "Int64"
        case .base64: "Data"
        case .anyJSON: "OtherJSON"
        case .list(let element): "[\(swiftType(element))]"
        case .map(let value): "[String: \(swiftType(value))]"
        case .named("Quantity"): "String"
        case .named("Time"): "Date"
        case .named("IntOrString"), .named("FieldsV1"), .named("RawExtension"): "OtherJSON"
        case .named(let name): name
        }
    }

    private func quoted(_ name: String) -> String {
        ["operator", "protocol", "continue", "default", "in"].contains(name) ? "`\(name)`" : name
    }
}
