import Foundation
import LosslessJSON

/// The pods of the table as people have them: a file of Kubernetes objects for each, for `--script` of a plugin.
enum Manifests {
    static func write(_ rows: [PodCase], to folder: String, _ options: TableOptions) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for row in rows {
            guard case .objects(let pod, let configMaps, let secrets) = row.origin else { continue }
            var placeholders = Placeholders(
                uid: UUID().uuidString.lowercased(), name: "table-\(row.name)",
                hostFolder: options.hostFolder ?? "/nonexistent", ports: [:])
            for name in Placeholders.portNames(in: pod) { placeholders.ports[name] = 20000 }
            guard try row.expectation(placeholders).refusal == nil else { continue }
            let items =
                [object("Pod", pod)] + configMaps.map { object("ConfigMap", $0) } + secrets.map { object("Secret", $0) }
            let list = JSONValue.object(["kind": .string("List"), "items": .array(items)])
            try Data(JSON.encode(try placeholders.filled(list))).write(to: URL(filePath: "\(folder)/\(row.name).json"))
        }
    }

    private static func object(_ kind: String, _ value: JSONValue) -> JSONValue {
        var members = value.object ?? [:]
        members["apiVersion"] = .string("v1")
        members["kind"] = .string(kind)
        var metadata = members["metadata"]?.object ?? [:]
        metadata["name"] = metadata["name"] ?? .string("@{name}")
        members["metadata"] = .object(metadata)
        return .object(members)
    }
}
