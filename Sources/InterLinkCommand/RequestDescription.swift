import InterLinkAPI
import KubernetesModel

/// A request in words. It shows names, never values.
struct RequestDescription {
    let text: String

    init(route: String, body: [UInt8]) throws(WireError) {
        switch route {
        case "/create": text = RequestDescription.create(try WireBody.create(body))
        case "/status": text = RequestDescription.status(try WireBody.status(body))
        case "/delete": text = "delete  \(RequestDescription.name(try WireBody.delete(body)))\n"
        case "/getLogs": text = RequestDescription.logs(try WireBody.logs(body))
        default: text = "\(route): not a call of the plugin API\n"
        }
    }

    private static func create(_ request: CreateRequest) -> String {
        let pod = request.pod
        var lines = [
            "create  \(shown(pod.metadata.namespace))/\(name(pod.metadata))  (\(shown(pod.metadata.uid)))"
        ]
        for container in pod.spec.initContainers ?? [] { lines.append("  init       \(describe(container))") }
        for container in pod.spec.containers { lines.append("  container  \(describe(container))") }
        for volume in pod.spec.volumes ?? [] { lines.append("  volume     \(shown(volume.name)): \(kind(of: volume))") }
        for sent in request.containers ?? [] {
            let objects =
                (sent.configMaps ?? []).map { "ConfigMap \(name($0.metadata))" }
                + (sent.projectedVolumeMaps ?? []).map { "projected \(name($0.metadata))" }
                + (sent.secrets ?? []).map { "Secret \(name($0.metadata))" }
            if !objects.isEmpty {
                lines.append("  sent       for \(shown(sent.name)): \(objects.joined(separator: ", "))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func describe(_ container: Container) -> String {
        var parts = ["\(shown(container.name)): \(container.image.map(shown) ?? "no image")"]
        if let variables = container.env, !variables.isEmpty { parts.append("\(variables.count) variables") }
        let limits = container.resources?.limits ?? [:]
        parts += limits.sorted { $0.key < $1.key }.map { "\(shown($0.key)) ≤ \($0.value)" }
        let probes = [
            ("startup", container.startupProbe), ("readiness", container.readinessProbe),
            ("liveness", container.livenessProbe),
        ]
        parts += probes.compactMap { name, probe in probe == nil ? nil : "\(name) probe" }
        return parts.joined(separator: ", ")
    }

    private static func kind(of volume: PodVolume) -> String {
        if let source = volume.configMap { return "ConfigMap \(shown(source.name))" }
        if let source = volume.secret { return "Secret \(shown(source.secretName))" }
        if let source = volume.hostPath { return "host path \(shown(source.path))" }
        if let source = volume.persistentVolumeClaim { return "claim \(shown(source.claimName))" }
        if volume.emptyDir != nil { return "empty folder" }
        if volume.projected != nil { return "projected" }
        if volume.downwardAPI != nil { return "fields of the pod" }
        return "of a kind that needs the site's support"
    }

    private static func status(_ pods: [PodReference]) -> String {
        if pods.isEmpty { return "ping\n" }
        return pods.map { pod in
            "status  \(name(pod))\(pod.jobID.map { ", job \(shown($0))" } ?? ", no job yet")\n"
        }.joined()
    }

    private static func logs(_ request: LogRequest) -> String {
        let options = request.options
        var wishes: [String] = []
        if let lines = options?.tailLines { wishes.append("last \(lines) lines") }
        if let bytes = options?.byteLimit { wishes.append("first \(bytes) bytes") }
        if let seconds = options?.secondsBack { wishes.append("of the last \(seconds) s") }
        if let since = options?.since { wishes.append("since \(since)") }
        if options?.wantsTimestamps == true { wishes.append("with times") }
        if options?.wantsPrevious == true { wishes.append("of the earlier run") }
        if options?.wantsFollow == true { wishes.append("and what follows") }
        let pod = "\(shown(request.namespace))/\(shown(request.podName))"
        return "logs    \(pod) container \(shown(request.containerName))  \(wishes.joined(separator: ", "))\n"
    }

    private static func name(_ pod: PodReference) -> String {
        "\(shown(pod.namespace))/\(shown(pod.name))  (\(shown(pod.uid)))"
    }

    private static func name(_ metadata: ObjectMeta) -> String { shown(metadata.name) }

    /// A text of the request, made harmless for a terminal, and short.
    private static func shown(_ text: String?) -> String {
        guard let text else { return "" }
        let shortened = text.unicodeScalars.count > 200 ? String(text.prefix(200)) + "…" : text
        let isPlain = shortened.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F ~= $0.value) }
        return isPlain ? shortened : shortened.debugDescription
    }
}
