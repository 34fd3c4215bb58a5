import LosslessJSON

/// Writes the OpenAPI document of what really flows, from the same description as the types.
struct OpenAPIWriter {
    let reader: SchemaReader
    let wire: JSONValue
    let kubernetesTypes: [ObjectType]
    let wireTypes: [ObjectType]

    /// The document, pretty printed with members in order, so that its changes can be read.
    func text() throws -> String { PrettyJSON.text(try document()) }

    /// The document as a Swift constant for the command.
    func swiftFile(_ text: String) -> String {
        "\(SwiftWriter.header)\n\n/// The OpenAPI document of interLink's plugin API.\nlet openAPIDocument = #\"\"\"\n\(text)\n\"\"\"#\n"
    }

    private func document() throws -> JSONValue {
        var schemas: [String: JSONValue] = [:]
        for type in kubernetesTypes { schemas[type.schemaName] = schema(type, hasDocumentation: false) }
        for type in wireTypes { schemas[type.schemaName] = schema(type, hasDocumentation: true) }
        schemas["Quantity"] = .object([
            "description": .string("An amount like 500m, 2 or 16Gi."),
            "type": .array([.string("string"), .string("number")]),
        ])
        schemas["Time"] = .object([
            "description": .string("RFC 3339; null for the zero time."),
            "type": .array([.string("string"), .string("null")]), "format": .string("date-time"),
        ])
        schemas["IntOrString"] = .object(["type": .array([.string("integer"), .string("string")])])
        schemas["FieldsV1"] = .object(["type": .string("object")])
        schemas["RawExtension"] = .object([:])
        return .object([
            "openapi": .string("3.1.0"),
            "info": .object([
                "title": .string("interLink plugin API"),
                "version": .string("0.6.1"),
                "license": .object(["name": .string("Apache 2.0"), "identifier": .string("Apache-2.0")]),
                "description": .string(
                    "What the interLink API server really sends to a plugin, and what it takes as an answer. "
                        + "Any status but exactly 200 is an error to it."),
            ]),
            "servers": .array([
                .object(["url": .string("http://localhost"), "description": .string("Usually a unix socket.")])
            ]),
            "paths": try paths(),
            "components": .object(["schemas": .object(schemas)]),
        ])
    }

    private func paths() throws -> JSONValue {
        var paths: [String: JSONValue] = [:]
        for operation in wire["operations"]?.array ?? [] {
            guard let path = operation["path"]?.string, let method = operation["method"]?.string,
                let id = operation["id"], let summary = operation["summary"],
                let description = operation["description"],
                let request = operation["request"], let answer = operation["answer"],
                let answerDescription = operation["answerDescription"]
            else { throw SchemaError(description: "an operation of the wire is incomplete") }
            let answerType = operation["answerType"]?.string ?? "application/json"
            paths[path] = .object([
                method: .object([
                    "operationId": id, "summary": summary, "description": description,
                    "parameters": .array([
                        .object([
                            "name": .string("InterLink-Http-Session"), "in": .string("header"),
                            "schema": .object(["type": .string("string")]),
                            "description": .string("Names a call in logs; not unique."),
                        ])
                    ]),
                    "requestBody": .object([
                        "required": .boolean(true),
                        "content": .object(["application/json": .object(["schema": expanded(request)])]),
                    ]),
                    "responses": .object([
                        "200": .object([
                            "description": answerDescription,
                            "content": .object([answerType: .object(["schema": expanded(answer)])]),
                        ]),
                        "default": .object([
                            "description": .string("An error, as a short text."),
                            "content": .object(["text/plain": .object(["schema": .object(["type": .string("string")])])]
                            ),
                        ]),
                    ]),
                ])
            ])
        }
        return .object(paths)
    }

    /// A schema with its short references spelled out.
    private func expanded(_ schema: JSONValue) -> JSONValue {
        switch schema {
        case .object(let members):
            .object(
                Dictionary(
                    uniqueKeysWithValues: members.map { key, value in
                        if key == "$ref", let name = value.string {
                            (key, .string("#/components/schemas/\(SchemaReader.shortName(name))"))
                        } else {
                            (key, expanded(value))
                        }
                    }))
        case .array(let elements): .array(elements.map(expanded))
        default: schema
        }
    }

    private func schema(_ type: ObjectType, hasDocumentation: Bool) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for member in type.members {
            members[member.jsonName] = schema(member)
            if let alias = member.alias { members[alias] = schema(member) }
        }
        var schema: [String: JSONValue] = [
            "type": .string("object"), "properties": .object(members), "description": .string(type.documentation),
        ]
        let required = type.members.filter(\.isRequired).map { JSONValue.string($0.jsonName) }
        if !required.isEmpty { schema["required"] = .array(required) }
        return .object(schema)
    }

    private func schema(_ member: Member) -> JSONValue {
        var schema = schema(member.kind).object ?? [:]
        // Go writes an empty list that has no omitempty as null.
        if case .list = member.kind, member.isRequired || member.isNullable {
            schema["type"] = .array([.string("array"), .string("null")])
        }
        if let documentation = member.documentation { schema["description"] = .string(documentation) }
        return .object(schema)
    }

    private func schema(_ kind: Kind) -> JSONValue {
        switch kind {
        case .string, .openEnum: .object(["type": .string("string")])
        case .boolean: .object(["type": .string("boolean")])
        case .int32: .object(["type": .string("integer"), "format": .string("int32")])
        case .int64: .object(["type": .string("integer"), "format": .string("int64")])
        case .base64: .object(["type": .string("string"), "contentEncoding": .string("base64")])
        case .anyJSON: .object([:])
        case .list(let element): .object(["type": .string("array"), "items": schema(element)])
        case .map(let value): .object(["type": .string("object"), "additionalProperties": schema(value)])
        case .named(let name): .object(["$ref": .string("#/components/schemas/\(name)")])
        }
    }
}
