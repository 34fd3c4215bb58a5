import InterLinkAPI
import KubernetesModel

/// Looks at every name in a create before anything becomes a path, a job name or an argument.
enum RequestNames {
    /// What is wrong with the first bad name, and where it stands.
    static func problem(with request: CreateRequest) -> String? {
        problem(with: request.pod) ?? first(request.containers ?? [], "container", problem)
    }

    /// The same for what names a pod in other requests.
    static func problem(uid: String, namespace: String, name: String) -> String? {
        told("metadata.uid", uid, NameSyntax.problem(withUID:))
            ?? (namespace.isEmpty ? nil : told("metadata.namespace", namespace, NameSyntax.problem(withLabel:)))
            ?? (name.isEmpty ? nil : told("metadata.name", name, NameSyntax.problem(withSubdomain:)))
    }

    static func told(_ field: String, _ value: String, _ check: (String) -> String?) -> String? {
        guard let problem = check(value) else { return nil }
        // The beginning only: a name may be a megabyte long.
        let shown = value.isEmpty ? "" : " (it begins \(quoted(oneLine(value, atMost: 40))))"
        return "\(field) \(problem)\(shown)"
    }

    private static func problem(with pod: Pod) -> String? {
        let metadata = pod.metadata
        let spec = pod.spec
        return told("pod.metadata.uid", metadata.uid ?? "", NameSyntax.problem(withUID:))
            ?? told("pod.metadata.namespace", metadata.namespace ?? "", NameSyntax.problem(withLabel:))
            ?? told("pod.metadata.name", metadata.name ?? "", NameSyntax.problem(withSubdomain:))
            ?? spec.nodeName.flatMap {
                $0.isEmpty ? nil : told("pod.spec.nodeName", $0, NameSyntax.problem(withSubdomain:))
            }
            ?? first(spec.initContainers ?? [], "pod.spec.initContainers", problem)
            ?? first(spec.containers, "pod.spec.containers", problem)
            ?? first(spec.volumes ?? [], "pod.spec.volumes") { volume, field in
                told("\(field).name", volume.name, NameSyntax.problem(withLabel:))
            }
    }

    private static func problem(with container: Container, _ field: String) -> String? {
        told("\(field).name", container.name, NameSyntax.problem(withLabel:))
            ?? first(container.env ?? [], "\(field).env") { variable, field in
                told("\(field).name", variable.name, NameSyntax.problem(withEnvironmentVariable:))
            }
            ?? first(container.volumeMounts ?? [], "\(field).volumeMounts") { mount, field in
                told("\(field).name", mount.name, NameSyntax.problem(withLabel:))
                    ?? told("\(field).mountPath", mount.mountPath) { $0.utf8.contains(0) ? "must not hold a NUL" : nil }
            }
    }

    private static func problem(with volumes: ContainerVolumes, _ field: String) -> String? {
        told("\(field).name", volumes.name, NameSyntax.problem(withLabel:))
            ?? first(volumes.configMaps ?? [], "\(field).configMaps") { map, field in
                problem(map.metadata, keys(map.data) + keys(map.binaryData), field, NameSyntax.problem(withDataKey:))
            }
            // Their keys are paths in the volume.
            ?? first(volumes.projectedVolumeMaps ?? [], "\(field).projectedvolumemaps") { map, field in
                problem(
                    map.metadata, keys(map.data) + keys(map.binaryData), field, NameSyntax.problem(withRelativePath:))
            }
            ?? first(volumes.secrets ?? [], "\(field).secrets") { secret, field in
                problem(
                    secret.metadata, keys(secret.data) + keys(secret.stringData), field,
                    NameSyntax.problem(withDataKey:))
            }
    }

    private static func problem(
        _ metadata: ObjectMeta, _ keys: [String], _ field: String, _ check: (String) -> String?
    ) -> String? {
        if let name = metadata.name, !name.isEmpty,
            let problem = told("\(field).metadata.name", name, NameSyntax.problem(withSubdomain:))
        {
            return problem
        }
        for key in keys {
            if let problem = told("a key of \(field)", key, check) { return problem }
        }
        return nil
    }

    private static func keys<Value>(_ data: [String: Value]?) -> [String] { data.map { $0.keys.sorted() } ?? [] }

    private static func first<Element>(
        _ elements: [Element], _ field: String, _ problem: (Element, String) -> String?
    ) -> String? {
        for (index, element) in elements.enumerated() {
            if let problem = problem(element, "\(field)[\(index)]") { return problem }
        }
        return nil
    }
}
