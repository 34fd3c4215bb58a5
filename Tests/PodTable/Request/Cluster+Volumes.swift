import InterLinkAPI
import KubernetesModel

extension Cluster {
    /// A downward API volume travels as a projected one.
    func rewritten(_ volume: PodVolume) -> PodVolume {
        guard let source = volume.downwardAPI else { return volume }
        var volume = volume
        volume.downwardAPI = nil
        volume.projected = ProjectedVolumeSource(
            defaultMode: source.defaultMode,
            sources: [VolumeProjection(downwardAPI: DownwardAPIProjection(items: source.items))])
        return volume
    }

    /// What is sent beside the pod for one container: an object for every mount of it.
    func volumes(of container: Container, in pod: Pod) -> ContainerVolumes {
        var sent = ContainerVolumes(name: container.name)
        for mount in container.volumeMounts ?? [] {
            guard let volume = pod.spec.volumes?.first(where: { $0.name == mount.name }) else { continue }
            if let name = volume.configMap?.name, let map = configMaps[name] {
                sent.configMaps = (sent.configMaps ?? []) + [map]
            } else if let name = volume.secret?.secretName, let secret = secrets[name] {
                sent.secrets = (sent.secrets ?? []) + [secret]
            } else if let projected = volume.projected {
                var metadata = ObjectMeta()
                metadata.name = volume.name
                let map = ConfigMap(metadata: metadata, data: contents(of: projected))
                sent.projectedVolumeMaps = (sent.projectedVolumeMaps ?? []) + [map]
            }
        }
        return sent
    }

    private func contents(of volume: ProjectedVolumeSource) -> [String: String] {
        var files: [String: String] = [:]
        for source in volume.sources ?? [] {
            if let token = source.serviceAccountToken { files[token.path] = "header.payload.signature" }
            if let reference = source.configMap, let data = configMaps[reference.name ?? ""]?.data {
                if let items = reference.items, !items.isEmpty {
                    for item in items { files[item.path] = data[item.key] }
                } else {
                    files.merge(data) { $1 }
                }
            }
            for item in source.downwardAPI?.items ?? [] {
                if let path = item.fieldRef?.fieldPath, let value = field(path) { files[item.path] = value }
            }
        }
        return files
    }
}
