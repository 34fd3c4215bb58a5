package import InterLinkPluginKit
import LosslessJSON

/// Whose workspace it is, in a file of its own: so that jobs can be told from a list alone, after any restart, and that
/// a person who finds the folder knows what it is.
package struct PodFile: Equatable, Sendable {
    package static let name = "pod"
    static let limit = 1 << 20

    package var mark: JobMark
    package var pod: PodDigest

    package init(mark: JobMark, pod: PodDigest) {
        self.mark = mark
        self.pod = pod
    }

    /// As one line of JSON.
    package var bytes: [UInt8] {
        let containers = pod.containers.map { container in
            JSONValue.object([
                "name": .string(container.name), "image": .string(container.image),
                "role": .string(container.role.word), "fingerprint": .string(String(container.fingerprint, radix: 16)),
            ])
        }
        let value = JSONValue.object([
            "mark": .string(mark.description), "namespace": .string(pod.namespace), "name": .string(pod.name),
            "node": .string(pod.node), "restartPolicy": .string(pod.restartPolicy.rawValue),
            "graceSeconds": .number("\(pod.grace.components.seconds)"), "containers": .array(containers),
        ])
        return JSON.encode(value) + [UInt8(ascii: "\n")]
    }

    /// Nil for anything that is not such a file.
    package init?(_ bytes: [UInt8]) {
        guard let value = try? JSON.decode(JSONValue.self, from: bytes),
            let mark = value["mark"]?.string.flatMap({ JobMark($0) }),
            let namespace = value["namespace"]?.string, let name = value["name"]?.string,
            let node = value["node"]?.string,
            let policy = value["restartPolicy"]?.string.flatMap(PodDigest.RestartPolicy.init),
            case .number(let seconds)? = value["graceSeconds"], let grace = Int64(seconds),
            (0...31_536_000).contains(grace)
        else { return nil }
        var containers: [ContainerDigest] = []
        for item in value["containers"]?.array ?? [] {
            guard let name = item["name"]?.string, let image = item["image"]?.string,
                let role = item["role"]?.string.flatMap(ContainerDigest.Role.init(word:)),
                let fingerprint = item["fingerprint"]?.string.flatMap({ UInt64($0, radix: 16) })
            else { return nil }
            containers.append(ContainerDigest(name: name, image: image, role: role, fingerprint: fingerprint))
        }
        self.init(
            mark: mark,
            pod: PodDigest(
                uid: mark.uid, namespace: namespace, name: name, node: node, restartPolicy: policy,
                grace: .seconds(grace), containers: containers))
    }
}

extension ContainerDigest.Role {
    fileprivate var word: String {
        switch self {
        case .initial: "init"
        case .sidecar: "sidecar"
        case .regular: "container"
        }
    }

    fileprivate init?(word: String) {
        switch word {
        case "init": self = .initial
        case "sidecar": self = .sidecar
        case "container": self = .regular
        default: return nil
        }
    }
}
