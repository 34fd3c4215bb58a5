import InterLinkAPI
import KubernetesModel
import LosslessJSON

/// Reads answers as the API server of interLink does, which is written in Go: names in any case, what is missing is zero,
/// `null` is nothing.
enum GoReading {
    static func statuses(_ body: [UInt8]) throws(JSONError) -> [PodStatusAnswer] {
        let value = try spelled(body)
        return value == .null ? [] : try read(value)
    }

    static func created(_ body: [UInt8]) throws(JSONError) -> CreateAnswer { try read(spelled(body)) }

    static func ping(_ body: [UInt8]) throws(JSONError) -> PingAnswer { try read(spelled(body)) }

    private static func read<Value: JSONReadable>(_ value: JSONValue) throws(JSONError) -> Value {
        var options = JSONReader.Options()
        options.missingMembersAreZero = true
        return try JSON.decode(from: JSON.encode(value), options: options)
    }

    /// The document with the names of members as interLink spells them.
    private static func spelled(_ body: [UInt8]) throws(JSONError) -> JSONValue {
        spelled(try JSON.decode(JSONValue.self, from: body))
    }

    private static func spelled(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): .array(elements.map(spelled))
        case .object(let members):
            .object(
                Dictionary(
                    // The exact spelling wins over another one of the same name.
                    members.sorted { left, _ in names[left.key.lowercased()] == left.key }.map { name, value in
                        (names[name.lowercased()] ?? name, spelled(value))
                    }, uniquingKeysWith: { first, _ in first }))
        case .null, .boolean, .number, .string: value
        }
    }

    private static let names: [String: String] = Dictionary(
        uniqueKeysWithValues: [
            "PodUID", "PodJID", "name", "UID", "namespace", "JID", "containers", "initContainers", "state", "lastState",
            "waiting", "running", "terminated", "reason", "message", "startedAt", "finishedAt", "exitCode", "signal",
            "containerID", "image", "imageID", "ready", "started", "restartCount", "status", "resources", "taints",
            "cpu", "memory", "pods", "accelerators", "resourceType", "available", "key", "value", "effect",
        ].map { ($0.lowercased(), $0) })
}
