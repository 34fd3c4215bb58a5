import InterLinkAPI
import LosslessJSON

/// What a hook is told: the create request as interLink sent it, without what is secret.
enum HookRequest {
    static let hidden = JSONValue.string("(hidden)")

    /// Annotations that carry keys, tokens, or the whole pod as it was applied.
    private static let secretAnnotations = [
        "interlink.eu/wg-private-key", "interlink.eu/wireguard-client-snippet", "interlink.eu/wstunnel-*",
        "slurm-job.vk.io/pre-exec", "kubectl.kubernetes.io/last-applied-configuration", "*oken*", "*ecret*",
        "*assword*",
    ].map { NamePattern($0) }

    static func body(_ request: CreateRequest, withSecrets: Bool) -> [UInt8] {
        var value = JSONValue(request)
        if !withSecrets {
            value.edit("pod") { hideSecrets(ofPod: &$0) }
            value.editEach("container") { container in
                container.editEach("secrets") { secret in
                    secret.edit("data") { hideValues(&$0) }
                    secret.edit("stringData") { hideValues(&$0) }
                    secret.edit("metadata") { $0.edit("annotations") { hideValues(&$0) } }
                }
                container.editEach("projectedvolumemaps") { map in
                    map.edit("data") { hideValues(&$0) }
                    map.edit("binaryData") { hideValues(&$0) }
                }
            }
            value.edit("jobScript") { $0 = hidden }
            value.edit("jobConfig") { $0.edit("SingularityHubProxy") { $0.edit("master_token") { $0 = hidden } } }
        }
        return JSON.encode(JSONValue.object(["version": .number("1"), "request": value]))
    }

    private static func hideSecrets(ofPod pod: inout JSONValue) {
        pod.edit("metadata") { metadata in
            metadata.edit("annotations") { annotations in
                for name in (annotations.object ?? [:]).keys
                where secretAnnotations.contains(where: { $0.matches(name) }) {
                    annotations.edit(name) { $0 = hidden }
                }
            }
        }
        pod.edit("spec") { spec in
            for list in ["containers", "initContainers", "ephemeralContainers"] {
                // A value may come from a Secret: interLink resolves them before it calls.
                spec.editEach(list) { $0.editEach("env") { $0.edit("value") { $0 = hidden } } }
            }
        }
    }

    private static func hideValues(_ members: inout JSONValue) {
        members = members.object.map { .object($0.mapValues { _ in hidden }) } ?? hidden
    }
}

extension JSONValue {
    /// The value as it would be written.
    init(_ value: some JSONWritable) {
        // What was written by a JSON writer can be read.
        self = (try? JSON.decode(from: JSON.encode(value))) ?? .null
    }

    /// Changes a member, if there is one.
    mutating func edit(_ name: String, _ change: (inout JSONValue) -> Void) {
        guard case .object(var members) = self, var member = members[name] else { return }
        change(&member)
        members[name] = member
        self = .object(members)
    }

    /// Changes each element of a member that is a list.
    mutating func editEach(_ name: String, _ change: (inout JSONValue) -> Void) {
        edit(name) { list in
            guard case .array(var elements) = list else { return }
            for index in elements.indices { change(&elements[index]) }
            list = .array(elements)
        }
    }
}
