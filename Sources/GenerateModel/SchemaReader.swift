import LosslessJSON

/// Makes types of the Kubernetes schema and of the description of interLink's wire.
struct SchemaReader {
    let names: JSONValue
    let kubernetes: [String: JSONValue]
    let wire: [String: JSONValue]

    init(kubernetes: JSONValue, wire: JSONValue, names: JSONValue) throws {
        self.names = names
        var schemas: [String: JSONValue] = [:]
        for (name, schema) in kubernetes["schemas"]?.object ?? [:] { schemas[SchemaReader.shortName(name)] = schema }
        self.kubernetes = schemas
        self.wire = wire["schemas"]?.object ?? [:]
    }

    /// The Swift name of a type of either description.
    func swiftName(_ schemaName: String) -> String {
        names["handwritten"]?[schemaName]?.string ?? names["renamed"]?[schemaName]?.string ?? schemaName
    }

    func kubernetesType(_ name: String, documentation: String) throws -> ObjectType {
        guard let schema = kubernetes[name] else { throw SchemaError(description: "no schema is called \(name)") }
        return try objectType(name, schema, documentation: documentation)
    }

    func wireType(_ name: String) throws -> ObjectType {
        guard let schema = wire[name], let documentation = schema["description"]?.string else {
            throw SchemaError(description: "the wire has no type \(name), or it has no description")
        }
        return try objectType(name, schema, documentation: documentation)
    }

    func enumTypes() throws -> [EnumType] {
        try (names["enums"]?.object ?? [:]).sorted { $0.key < $1.key }.map { name, entry in
            guard let place = entry["members"]?.array?.first?.string?.split(separator: "."), place.count == 2,
                let member = kubernetes[String(place[0])]?["properties"]?[String(place[1])],
                let values = (member["enum"] ?? member["items"]?["enum"])?.array?.compactMap(\.string)
            else { throw SchemaError(description: "enum \(name): its first member is not in the schema") }
            let cases: [(String, String)] =
                entry["noCases"] == nil
                ? values.map { (entry["cases"]?[$0]?.string ?? SchemaReader.caseName($0), $0) } : []
            return EnumType(swiftName: name, documentation: entry["doc"]?.string ?? "", cases: cases)
        }
    }

    private func objectType(_ name: String, _ schema: JSONValue, documentation: String) throws -> ObjectType {
        var required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        required.formUnion((names["requiredToo"]?[name]?.array ?? []).compactMap(\.string))
        let members = try (schema["properties"]?.object ?? [:]).sorted { $0.key < $1.key }.map { key, value in
            Member(
                jsonName: key, swiftName: value["x-swift-name"]?.string ?? key,
                kind: try kind(value, at: "\(name).\(key)"), isRequired: required.contains(key),
                alias: value["x-alias"]?.string, documentation: value["description"]?.string,
                isNullable: value["nullable"] != nil)
        }
        return ObjectType(
            schemaName: name, swiftName: swiftName(name), documentation: documentation, members: members)
    }

    private func kind(_ schema: JSONValue, at place: String) throws -> Kind {
        if let reference = reference(schema) { return .named(reference) }
        switch (schema["type"]?.string, schema["format"]?.string) {
        case ("string", "byte"): return .base64
        case ("string", _) where schema["enum"] != nil: return .openEnum(try enumName(of: place))
        case ("string", nil): return .string
        case ("boolean", nil): return .boolean
        case ("integer", "int32"): return .int32
        case ("integer", "int64"): return .int64
        case ("array", _):
            guard let items = schema["items"] else { break }
            if items["enum"] != nil { return .list(.openEnum(try enumName(of: place))) }
            return .list(try kind(items, at: place))
        case ("object", _):
            guard let values = schema["additionalProperties"] else { return .anyJSON }
            return .map(try kind(values, at: place))
        default: break
        }
        throw SchemaError(description: "\(place): this kind of schema is not known here")
    }

    private func reference(_ schema: JSONValue) -> String? {
        let reference = schema["$ref"]?.string ?? schema["allOf"]?.array?.first?["$ref"]?.string
        return reference.map { SchemaReader.shortName($0) }
    }

    private func enumName(of place: String) throws -> String {
        for (name, entry) in names["enums"]?.object ?? [:]
        where entry["members"]?.array?.contains(.string(place)) == true { return name }
        throw SchemaError(description: "\(place) has an enum without a name in swift-names.json")
    }

    static func shortName(_ name: String) -> String {
        String(name.split { $0 == "." || $0 == "/" }.last ?? "")
    }

    /// `ReadWriteOnce` → `readWriteOnce`, `TCP` → `tcp`.
    private static func caseName(_ value: String) -> String {
        if value.allSatisfy(\.isUppercase) { return value.lowercased() }
        return value.prefix(1).lowercased() + value.dropFirst()
    }
}
