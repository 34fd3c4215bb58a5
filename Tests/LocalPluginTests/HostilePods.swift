import InterLinkAPI
import InterLinkPluginKit
import KubernetesModel
import LosslessJSON
import TestSupport

/// Pods with texts in their fields that would do something, were they ever taken for anything but data: they make the
/// canary, a file that must never be there.
struct HostilePods {
    /// A pod, and what stands in which of its fields.
    struct Sample {
        var request: CreateRequest
        var changes: [String]
        /// What its container prints: its arguments and the variable VALUE, each with a NUL behind it.
        var output: [UInt8]
    }

    private typealias Change = @Sendable (inout CreateRequest, String) -> Void

    private let texts: [String]
    private var generator: SeededGenerator
    private var count = 0

    /// - Parameters:
    ///   - canary: The path of the canary, which jobs also find in their variable CANARY.
    ///   - seed: The same pods for the same seed.
    init(canary: String, seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        texts = [canary, "$CANARY"].flatMap(Self.attacks) + Self.oddities
    }

    /// What shells and their tools would act upon, in all the places in which a text can come to stand.
    static func attacks(_ file: String) -> [String] {
        [
            "$(>\(file))", "`>\(file)`", ">\(file)", ";>\(file);", "\n>\(file)\n", "\r\n>\(file)\r\n", "&& >\(file)",
            "|| >\(file)", "| tee \(file)", "& >\(file) &", "';>\(file);'", "\";>\(file);\"", "\\';>\(file);\\'",
            "'\"'\"';>\(file);'", "$';>\(file);'", "${x:-$(>\(file))}", "${!x@P}$(>\(file))", "a[$(>\(file))]",
            "$((a[$(>\(file))]))", "x=$(>\(file))", "<(>\(file))", ");>\(file);(", "};>\(file);{", "]];>\(file);[[",
            "esac;>\(file);case x in", "EOF\n>\(file)\nEOF\n", "# \n>\(file)", "x\\\n>\(file)", "--output=\(file)",
            "-o\(file)", "\u{1B}]0;$(>\(file))\u{7}", "() { :;};>\(file)", "%s$(>\(file))%n", "$(>\(file))=1",
        ]
    }

    private static let oddities = [
        "", " ", "\t", "'", "\"", "\\", "`", "$", "${", "#", "!", "!!", "~", "~root", "*", "?", "[a-z]*", "{a,b}", "=",
        "-",
        "--", "-e", "-rf", "--help", "%s%n%d", "%0Aclosed=1", "c0.state=terminated\nc0.exit=0\nclosed=1", "\u{2028}",
        "\u{85}",
        "ü 漢字 🐟", "e\u{301}", "\u{202E}txt.exe", "\u{1B}[2J", "a\tb  c", "null", "true", "1e9", "09", "$IFS", "$@",
        "$0",
        String(repeating: "'\"", count: 300), String(repeating: "$(", count: 200),
    ]

    /// Every text of a pod that a person may write, with its way into the request.
    private static let fields: [(name: String, change: Change)] = [
        ("command", { $0.pod.spec.containers[0].command?.append($1) }),
        ("args", { $0.pod.spec.containers[0].args = [$1, $1 + "x"] }),
        ("value of a variable", { $0.pod.spec.containers[0].env = [EnvVar(name: "VALUE", value: $1)] }),
        ("name of a variable", { $0.pod.spec.containers[0].env?.append(EnvVar(name: $1, value: $1)) }),
        ("image", { $0.pod.spec.containers[0].image = "busybox" + $1 }),
        ("workingDir", { $0.pod.spec.containers[0].workingDir = "/tmp/" + $1 }),
        ("terminationMessagePath", { $0.pod.spec.containers[0].terminationMessagePath = "/message/" + $1 }),
        ("mountPath", { $0.pod.spec.containers[0].volumeMounts?[0].mountPath = "/mnt/" + $1 }),
        ("subPath", { $0.pod.spec.containers[0].volumeMounts?[1].subPath = $1 }),
        ("subPathExpr", { $0.pod.spec.containers[0].volumeMounts?[1].subPathExpr = "$(VALUE)" + $1 }),
        ("value of an annotation", { $0.pod.metadata.annotations = ["example.org/note": $1] }),
        ("value of a label", { $0.pod.metadata.labels = ["app": $1] }),
        ("hostname", { $0.pod.spec.hostname = $1 }),
        ("subdomain", { $0.pod.spec.subdomain = $1 }),
        ("nodeName", { $0.pod.spec.nodeName = $1 }),
        ("serviceAccountName", { $0.pod.spec.serviceAccountName = $1 }),
        ("restartPolicy", { $0.pod.spec.restartPolicy = RestartPolicy(rawValue: $1) }),
        ("hostAliases.hostnames", { $0.pod.spec.hostAliases = [HostAlias(ip: "127.0.0.1", hostnames: [$1])] }),
        ("hostAliases.ip", { $0.pod.spec.hostAliases = [HostAlias(ip: $1, hostnames: ["a"])] }),
        ("schedulerName", { $0.pod.spec.schedulerName = $1 }),
        ("name of a ConfigMap", { $0.containers?[0].configMaps?[0].metadata.name = $1 }),
        ("key of a ConfigMap", { $0.containers?[0].configMaps?[0].data?[$1] = $1 }),
        ("value of a ConfigMap", { $0.containers?[0].configMaps?[0].data?["key"] = $1 }),
        ("path of an item", { $0.pod.spec.volumes?[0].configMap?.items = [KeyToPath(key: "key", path: $1)] }),
        ("key of an item", { $0.pod.spec.volumes?[0].configMap?.items = [KeyToPath(key: $1, path: "a")] }),
        ("value of a Secret", { $0.containers?[0].secrets?[0].data?["key"] = Base64Data(Array($1.utf8)) }),
        ("key of a Secret", { $0.containers?[0].secrets?[0].data?[$1] = Base64Data(Array($1.utf8)) }),
        ("hostPath", { $0.pod.spec.volumes?[1] = HostilePods.hostPath(below: $1) }),
        ("claimName", { $0.pod.spec.volumes?[1] = HostilePods.claim($1) }),
        (
            "name of a volume",
            { request, text in
                request.pod.spec.volumes?[1].name = text
                request.pod.spec.containers[0].volumeMounts?[1].name = text
            }
        ),
        (
            "readinessProbe.exec",
            {
                $0.pod.spec.containers[0].readinessProbe = Probe(exec: ExecAction(command: ["/bin/true", $1]))
            }
        ),
        (
            "readinessProbe.httpGet.path",
            {
                $0.pod.spec.containers[0].readinessProbe = Probe(httpGet: HTTPGetAction(port: 1, path: $1))
            }
        ),
        (
            "readinessProbe.httpGet.host",
            {
                $0.pod.spec.containers[0].readinessProbe = Probe(httpGet: HTTPGetAction(port: 1, host: $1))
            }
        ),
        (
            "readinessProbe.httpGet.port",
            {
                $0.pod.spec.containers[0].readinessProbe = Probe(httpGet: HTTPGetAction(port: .string($1)))
            }
        ),
        (
            "value of a header",
            { request, text in
                let header = HTTPHeader(name: "X-A", value: text)
                request.pod.spec.containers[0].readinessProbe = Probe(
                    httpGet: HTTPGetAction(port: 1, httpHeaders: [header]))
            }
        ),
        (
            "name of a header",
            { request, text in
                let header = HTTPHeader(name: text, value: "1")
                request.pod.spec.containers[0].readinessProbe = Probe(
                    httpGet: HTTPGetAction(port: 1, httpHeaders: [header]))
            }
        ),
        (
            "livenessProbe.tcpSocket.host",
            {
                $0.pod.spec.containers[0].livenessProbe = Probe(
                    failureThreshold: 1000, tcpSocket: TCPSocketAction(port: 1, host: $1))
            }
        ),
        (
            "postStart.exec",
            {
                $0.pod.spec.containers[0].lifecycle = ContainerLifecycle(
                    postStart: LifecycleHandler(exec: ExecAction(command: ["/bin/true", $1])))
            }
        ),
        (
            "preStop.exec",
            {
                $0.pod.spec.containers[0].lifecycle = ContainerLifecycle(
                    preStop: LifecycleHandler(exec: ExecAction(command: ["/bin/true", $1])))
            }
        ),
        (
            "resources",
            { request, text in
                guard let amount = Quantity(text) else { return }
                request.pod.spec.containers[0].resources = ResourceRequirements(limits: ["memory": amount])
            }
        ),
        ("name of a resource", { $0.pod.spec.containers[0].resources = ResourceRequirements(limits: [$1: .zero]) }),
        (
            "name of a container",
            { request, text in
                request.pod.spec.containers[0].name = text
                request.containers?[0].name = text
            }
        ),
        ("name of a pod", { $0.pod.metadata.name = $1 }),
        ("pod-ip", { $0.pod.metadata.annotations = ["interlink.eu/pod-ip": $1] }),
        ("runtime flags", { $0.pod.metadata.annotations = ["slurm-job.vk.io/singularity-options": $1] }),
        ("scheduler flags", { $0.pod.metadata.annotations = ["slurm-job.vk.io/flags": $1] }),
        ("image root", { $0.pod.metadata.annotations = ["slurm-job.vk.io/image-root": $1] }),
    ]

    private static func hostPath(below text: String) -> PodVolume {
        var volume = PodVolume(name: "scratch")
        volume.hostPath = HostPathVolumeSource(path: "/tmp/" + text, type: .directoryOrCreate)
        return volume
    }

    private static func claim(_ name: String) -> PodVolume {
        var volume = PodVolume(name: "scratch")
        volume.persistentVolumeClaim = PersistentVolumeClaimVolumeSource(claimName: name)
        return volume
    }

    /// The next pod: what is harmless, with one to three fields that are not.
    mutating func next() throws -> Sample {
        count += 1
        var request = try Self.harmless(number: count)
        var changes: [String] = []
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            guard let field = Self.fields.randomElement(using: &generator),
                let text = texts.randomElement(using: &generator)
            else { continue }
            field.change(&request, text)
            changes.append("\(field.name): \(text.debugDescription)")
        }
        let container = request.pod.spec.containers[0]
        let words: [String] = Array((container.command ?? []).dropFirst(4)) + (container.args ?? [])
        let value = container.env?.last { $0.name == "VALUE" }?.value ?? ""
        let output = (words + [value]).flatMap { text -> [UInt8] in Array(text.utf8) + [0] }
        return Sample(request: request, changes: changes, output: output)
    }

    private static func harmless(number: Int) throws -> CreateRequest {
        let digits = String(number)
        let uid = "0b5e0000-0000-4000-9000-" + String(repeating: "0", count: 12 - digits.count) + digits
        let script = #"for word; do printf '%s\\0' \"$word\"; done; printf '%s\\0' \"$VALUE\""#
        let text = """
            {"pod": {"metadata": {"name": "hostile-\(number)", "namespace": "n", "uid": "\(uid)"}, "spec": {
              "restartPolicy": "Never", "terminationGracePeriodSeconds": 2, "nodeName": "vk",
              "volumes": [{"name": "settings", "configMap": {"name": "settings"}}, {"name": "scratch", "emptyDir": {}},
                          {"name": "token", "secret": {"secretName": "token"}}],
              "containers": [{"name": "main", "image": "busybox", "env": [{"name": "VALUE", "value": "plain"}],
                "command": ["/bin/sh", "-c", "\(script)", "sh"],
                "volumeMounts": [{"name": "settings", "mountPath": "/mnt/settings"}, {"name": "scratch", "mountPath": "/mnt/scratch"},
                                 {"name": "token", "mountPath": "/mnt/token"}]}]},
              "status": {"phase": "Pending", "hostIP": "127.0.0.1", "podIP": "127.0.0.1"}},
             "container": [{"name": "main",
               "configMaps": [{"metadata": {"name": "settings"}, "data": {"key": "value"}}],
               "secrets": [{"metadata": {"name": "token"}, "data": {"key": "dmFsdWU="}}]}]}
            """
        return try JSON.decode(from: Array(text.utf8))
    }
}
