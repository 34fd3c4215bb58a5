import InterLinkAPI
import KubernetesModel

/// The ConfigMaps and Secrets that a request carries.
///
/// interLink sends them beside each container that mounts them; by name they mean the same for all containers.
struct SentObjects {
    private var configMaps: [String: ConfigMap] = [:]
    private var secrets: [String: Secret] = [:]
    /// By the names of the volumes.
    private var projections: [String: ConfigMap] = [:]

    init(_ request: CreateRequest) {
        for container in request.containers ?? [] {
            for map in container.configMaps ?? [] { configMaps[map.metadata.name ?? ""] = map }
            for secret in container.secrets ?? [] { secrets[secret.metadata.name ?? ""] = secret }
            for map in container.projectedVolumeMaps ?? [] { projections[map.metadata.name ?? ""] = map }
        }
    }

    func contents(ofConfigMap name: String?) -> ObjectContents? {
        configMaps[name ?? ""].map { ObjectContents($0) }
    }

    func contents(ofSecret name: String?) -> ObjectContents? {
        secrets[name ?? ""].map { ObjectContents($0) }
    }

    /// Paths and contents of a projected volume, as the Virtual Kubelet worked them out; nil when it sent none.
    func projection(_ volume: String) -> [String: String]? {
        projections[volume].map { $0.data ?? [:] }
    }
}

/// The keys of a ConfigMap or Secret with their bytes, decoded when they are asked for.
struct ObjectContents {
    private let texts: [String: String]
    private let binaries: [String: Base64Data]

    init(_ map: ConfigMap) {
        texts = map.data ?? [:]
        binaries = map.binaryData ?? [:]
    }

    init(_ secret: Secret) {
        texts = secret.stringData ?? [:]
        binaries = secret.data ?? [:]
    }

    var keys: [String] { Set(texts.keys).union(binaries.keys).sorted() }

    func bytes(of key: String) -> [UInt8]? { texts[key].map { Array($0.utf8) } ?? binaries[key]?.bytes }

    /// As the value of a variable. Nil when there is no such key, or it holds no text.
    func text(of key: String) -> String? {
        texts[key] ?? binaries[key].flatMap { String(validating: $0.bytes, as: UTF8.self) }
    }
}
