import InterLinkAPI
import KubernetesModel
import LosslessJSON

/// A pod as interLink sends it: variables resolved, volumes with their contents beside it.
///
/// What the Virtual Kubelet and the API server do to a pod on its way, with their habits: variables become plain values,
/// an empty value is left out, the pod is pending, downward API volumes become projected ones, and a projected secret
/// gets lost.
struct SentPod {
    let request: CreateRequest

    init(pod: Pod, configMaps: [ConfigMap], secrets: [Secret]) {
        let cluster = Cluster(pod: pod, configMaps: configMaps, secrets: secrets)
        var pod = pod
        pod.spec.volumes = pod.spec.volumes.map { $0.map(cluster.rewritten) }
        pod.spec.initContainers = pod.spec.initContainers.map { $0.map(cluster.resolved) }
        pod.spec.containers = pod.spec.containers.map(cluster.resolved)
        var status = PodStatus()
        (status.phase, status.hostIP, status.podIP) = (.pending, "127.0.0.1", "127.0.0.1")
        pod.status = status
        let all = (pod.spec.initContainers ?? []) + pod.spec.containers
        request = CreateRequest(pod: pod, containers: all.map { cluster.volumes(of: $0, in: pod) })
    }
}

/// What a Virtual Kubelet knows when it sends a pod.
struct Cluster {
    let pod: Pod
    let configMaps: [String: ConfigMap]
    let secrets: [String: Secret]

    init(pod: Pod, configMaps: [ConfigMap], secrets: [Secret]) {
        self.pod = pod
        self.configMaps = Dictionary(configMaps.map { ($0.metadata.name ?? "", $0) }, uniquingKeysWith: { $1 })
        self.secrets = Dictionary(
            secrets.map { secret in
                // The API server of Kubernetes does that when a Secret is made.
                var secret = secret
                for (key, text) in secret.stringData ?? [:] {
                    secret.data = (secret.data ?? [:]).merging([key: Base64Data(Array(text.utf8))]) { $1 }
                }
                secret.stringData = nil
                return (secret.metadata.name ?? "", secret)
            }, uniquingKeysWith: { $1 })
    }

    /// The value of a field, as `fieldRef` names it.
    func field(_ path: String) -> String? {
        let metadata = pod.metadata
        switch path {
        case "metadata.name": return metadata.name
        case "metadata.namespace": return metadata.namespace
        case "metadata.uid": return metadata.uid
        case "metadata.labels": return lines(metadata.labels)
        case "metadata.annotations": return lines(metadata.annotations)
        case "spec.nodeName": return pod.spec.nodeName
        case "spec.serviceAccountName": return pod.spec.serviceAccountName
        case "status.podIP", "status.hostIP": return "127.0.0.1"
        default:
            for (prefix, values) in [
                ("metadata.labels['", metadata.labels), ("metadata.annotations['", metadata.annotations),
            ]
            where path.hasPrefix(prefix) && path.hasSuffix("']") {
                return values?[String(path.dropFirst(prefix.count).dropLast(2))]
            }
            return nil
        }
    }

    private func lines(_ values: [String: String]?) -> String {
        (values ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.debugDescription)\n" }.joined()
    }
}
