import Foundation
import LosslessJSON

/// `GenerateModel ROOT`: writes the generated files of the checkout at ROOT.
func generate(root: URL) throws {
    let spec = root.appending(path: "Sources/GenerateModel/Spec")
    func load(_ name: String) throws -> JSONValue {
        let data = try Data(contentsOf: spec.appending(path: name))
        return try JSON.decode(from: Array(data))
    }
    let kubernetes = try load("kubernetes-core-v1.json")
    let wire = try load("interlink-wire.json")
    let names = try load("swift-names.json")
    let reader = try SchemaReader(kubernetes: kubernetes, wire: wire, names: names)
    let output = Output(root: root)

    var modelFiles: [(name: String, types: [ObjectType])] = []
    for (file, entries) in (names["files"]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
        let types = try (entries.object ?? [:]).sorted { $0.key < $1.key }.map { name, documentation in
            try reader.kubernetesType(name, documentation: documentation.string ?? "")
        }
        modelFiles.append((file, types))
    }
    var wireFiles: [(name: String, types: [ObjectType])] = []
    for (file, entries) in (wire["files"]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
        wireFiles.append((file, try (entries.array ?? []).compactMap(\.string).map(reader.wireType)))
    }
    let modelTypes = modelFiles.flatMap(\.types)
    let wireTypes = wireFiles.flatMap(\.types)
    try requireAll(of: reader.kubernetes, in: modelTypes, handwritten: names["handwritten"]?.object ?? [:])

    let all = Dictionary((modelTypes + wireTypes).map { ($0.schemaName, $0) }) { first, _ in first }
    let swift = SwiftWriter(reader: reader, types: all)
    for (name, types) in modelFiles {
        try output.write("Sources/KubernetesModel/Generated/\(name).swift", swift.file(types, ofWire: false))
    }
    try output.write("Sources/KubernetesModel/Generated/OpenEnums.swift", EnumWriter().file(try reader.enumTypes()))
    for (name, types) in wireFiles {
        try output.write(
            "Sources/InterLinkAPI/Generated/\(name).swift", swift.file(types, ofWire: true))
    }
    let document = OpenAPIWriter(reader: reader, wire: wire, kubernetesTypes: modelTypes, wireTypes: wireTypes)
    let text = try document.text()
    try output.write("docs/openapi.json", text + "\n")
    try output.write("Sources/InterLinkCommand/Generated/OpenAPIDocument.swift", document.swiftFile(text))
    try output.write(
        "Benchmarks/json/swift/CodableModel.swift", CodableWriter(reader: reader).file(modelTypes + wireTypes))
    try output.write("Benchmarks/json/go/model.go", GoWriter(reader: reader).file(modelTypes + wireTypes))
    try output.removeStale()
}

/// A type that was forgotten in swift-names.json would otherwise be missing without a word.
func requireAll(
    of schemas: [String: JSONValue], in types: [ObjectType], handwritten: [String: JSONValue]
) throws {
    let known = Set(types.map(\.schemaName)).union(handwritten.keys)
    let forgotten = schemas.keys.filter { !known.contains($0) }.sorted()
    guard forgotten.isEmpty else {
        throw SchemaError(description: "swift-names.json says nothing of \(forgotten.joined(separator: ", "))")
    }
}

guard CommandLine.arguments.count == 2 else {
    FileHandle.standardError.write(Data("usage: GenerateModel ROOT\n".utf8))
    exit(2)
}
do {
    try generate(root: URL(filePath: CommandLine.arguments[1], directoryHint: .isDirectory))
} catch {
    FileHandle.standardError.write(Data("GenerateModel: \(error)\n".utf8))
    exit(1)
}
