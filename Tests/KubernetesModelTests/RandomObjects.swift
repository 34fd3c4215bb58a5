import Foundation
import LosslessJSON
import TestSupport

/// Random objects of the whole schema, as JSON text: every member of every type is met sooner or later, together with
/// what a typed model likes to lose.
struct RandomObjects {
    private let schemas: [String: JSONValue]
    private var generator: SeededGenerator

    init(seed: UInt64) throws {
        let schema = Checkout.root.appending(path: "Sources/GenerateModel/Spec/kubernetes-core-v1.json")
        let data = try Data(contentsOf: schema)
        let document: JSONValue = try JSON.decode(from: Array(data))
        schemas = document["schemas"]?.object ?? [:]
        generator = SeededGenerator(seed: seed)
    }

    /// The text of an object of a type, by its short name.
    mutating func object(_ name: String) -> String {
        guard let full = schemas.keys.first(where: { $0.hasSuffix(".\(name)") }) else { return "null" }
        return type(full, depth: 0)
    }

    private mutating func type(_ name: String, depth: Int) -> String {
        switch name.split(separator: ".").last {
        case "Quantity": return pick([#""1000m""#, #""16Gi""#, "2", "1.50", #""0""#, #""1e3""#])
        case "Time":
            return pick([
                #""2026-11-20T08:36:23Z""#, #""2026-11-20T08:36:23.500Z""#, #""2026-11-20T10:36:23+02:00""#,
                #""0001-01-01T00:00:00Z""#,
            ])
        case "IntOrString": return pick(["8080", #""http""#, "80.0", #""50%""#])
        case "FieldsV1", "RawExtension": return pick(["{}", #"{"f:a":{".":{}}}"#, #"{"x":[1.0,null,"\u00e9"]}"#])
        default: break
        }
        guard let schema = schemas[name], let members = schema["properties"]?.object else { return "{}" }
        var required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        if members["metadata"] != nil, name.hasPrefix("io.k8s.api.core.v1."), !name.hasSuffix("Template") {
            required.formUnion(["metadata"])
        }
        if name.hasSuffix(".Pod") { required.formUnion(["spec"]) }
        var parts: [String] = []
        for (key, member) in members.sorted(by: { $0.key < $1.key }) {
            if required.contains(key) {
                parts.append("\"\(key)\":\(value(member, depth: depth))")
            } else if chance(depth < 3 ? 40 : depth < 6 ? 25 : 12) {
                parts.append("\"\(key)\":\(chance(8) ? "null" : value(member, depth: depth))")
            }
        }
        if chance(15) { parts.append(#""x-future":{"deep":[1.0,"\u0041",null]}"#) }
        parts.shuffle(using: &generator)
        return "{\(parts.joined(separator: chance(10) ? " , " : ","))}"
    }

    private mutating func value(_ schema: JSONValue, depth: Int) -> String {
        if let reference = schema["$ref"]?.string ?? schema["allOf"]?.array?.first?["$ref"]?.string {
            return type(String(reference.split(separator: "/").last ?? ""), depth: depth + 1)
        }
        switch schema["type"]?.string {
        case "string":
            if schema["format"]?.string == "byte" { return pick([#""aGVsbG8=""#, #""""#, #""AAEC\n""#]) }
            if let values = schema["enum"]?.array, chance(80) {
                return String(decoding: JSON.encode(pick(values)), as: UTF8.self)
            }
            return pick([
                #""""#, #""a""#, #""äöü 😀""#, #""line\nline \"quoted\" \\""#, #""a text of more than fifteen bytes""#,
                #""\ud800""#,
            ])
        case "boolean": return pick(["true", "false"])
        case "integer": return pick(["0", "1", "-7", "2147483647", "1.0", "1e2", "-0"])
        case "array":
            return list((0..<count(depth)).map { _ in value(schema["items"] ?? .null, depth: depth + 1) })
        case "object":
            guard let values = schema["additionalProperties"] else { return "{}" }
            let members = (0..<count(depth)).map { "\"key-\($0)\":\(value(values, depth: depth + 1))" }
            return "{\(members.joined(separator: ","))}"
        default: return "null"
        }
    }

    private func list(_ elements: [String]) -> String { "[\(elements.joined(separator: ","))]" }

    private mutating func count(_ depth: Int) -> Int { Int.random(in: 0...(depth < 4 ? 3 : 1), using: &generator) }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &generator)]
    }
}
