import InterLinkAPI
import KubernetesModel

/// Makes the bodies that the Virtual Kubelet and the API server send for a pod: as large as theirs, since plugins have
/// to read all of it many times a second.
struct PodRequests: Sendable {
    let options: LoadOptions
    let load: String

    /// The pod as the Virtual Kubelet holds it: what it knows of its containers, and the job's id once there is one.
    func pod(_ pod: LoadPod, created: WallTime, jobID: String?, held: [ContainerStatus]) -> Pod {
        var metadata = ObjectMeta()
        metadata.name = pod.name
        metadata.namespace = options.target.namespace
        metadata.uid = pod.uid
        metadata.creationTimestamp = created.timestamp
        metadata.resourceVersion = "1"
        metadata.labels = ["app.kubernetes.io/name": "interlink-bench", "interlink-bench/load": load]
        var annotations = options.target.annotations
        annotations["JobID"] = jobID
        metadata.annotations = annotations.isEmpty ? nil : annotations
        var status = PodStatus()
        let isRunning = held.contains { $0.state?.running != nil }
        status.phase = isRunning ? .running : .pending
        status.hostIP = "127.0.0.1"
        status.podIP = "127.0.0.1"
        status.startTime = created.timestamp
        status.containerStatuses = held.isEmpty ? nil : held
        return Pod(metadata: metadata, spec: spec(of: pod), status: status)
    }

    func create(_ pod: LoadPod, at moment: WallTime) -> CreateRequest {
        var access = ObjectMeta()
        access.name = Self.accessVolume
        let projected = ConfigMap(
            metadata: access,
            data: [
                "ca.crt": Self.certificate, "namespace": options.target.namespace,
                "token": String(repeating: "interlink-bench.", count: 60),
            ])
        let containers = pod.containers.map { ContainerVolumes(name: $0, projectedVolumeMaps: [projected]) }
        let held = pod.containers.map { Self.waiting($0, image: options.target.image) }
        return CreateRequest(
            pod: self.pod(pod, created: moment, jobID: nil, held: held), containers: containers,
            jobConfig: JobScriptConfiguration.blank)
    }

    func delete(_ pod: LoadPod, created: WallTime, jobID: String?, held: [ContainerStatus]) -> Pod {
        var request = self.pod(pod, created: created, jobID: jobID, held: held)
        // Only pods that ran when they were deleted have these.
        if held.contains(where: { $0.state?.running != nil }) {
            request.metadata.deletionTimestamp = WallTime.now.timestamp
            request.metadata.deletionGracePeriodSeconds = Self.grace
        }
        return request
    }

    func logs(_ pod: LoadPod, container: String, options log: LogOptions = LogOptions()) -> LogRequest {
        var log = log
        log.tail = log.tail ?? 0
        log.bytes = 0
        log.timestamps = false
        log.follow = log.follow ?? false
        log.previous = false
        log.sinceSeconds = 0
        log.sinceTime = .zero
        return LogRequest(
            podUID: pod.uid, containerName: container, namespace: options.target.namespace, options: log,
            podName: pod.name)
    }

    /// A container before anything is known of it.
    static func waiting(_ name: String, image: String) -> ContainerStatus {
        var state = ContainerState()
        state.waiting = ContainerStateWaiting(
            message: "The pod has been submitted to the remote plugin for creation", reason: "Remote pod submitted")
        return ContainerStatus(image: image, imageID: "", name: name, ready: false, restartCount: 0, state: state)
    }

    private static let grace: Int64 = 1
    private static let accessVolume = "kube-api-access-bench"

    /// As long as the certificate of a cluster; it is none.
    private static let certificate =
        "-----BEGIN CERTIFICATE-----\n"
        + String(repeating: "bm90IGEgY2VydGlmaWNhdGUgYnV0IGFzIGxvbmcgYXMgb25lIGluIGEgY2x1c3Rlcg\n", count: 17)
        + "-----END CERTIFICATE-----\n"

    private func spec(of pod: LoadPod) -> PodSpec {
        let script = LoadScript(pod: pod, runTime: options.runTime)
        var spec = PodSpec(
            containers: pod.containers.map { name in
                var container = Container(name: name)
                container.image = options.target.image
                container.command = options.target.shell
                container.args = [script.text(for: name)]
                container.imagePullPolicy = .ifNotPresent
                let amounts = options.target.limits.compactMapValues { Quantity($0) }
                container.resources =
                    amounts.isEmpty ? ResourceRequirements() : ResourceRequirements(limits: amounts, requests: amounts)
                container.env = Self.clusterVariables
                container.volumeMounts = [
                    VolumeMount(
                        mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", name: Self.accessVolume,
                        readOnly: true)
                ]
                return container
            })
        spec.restartPolicy = .never
        spec.terminationGracePeriodSeconds = Self.grace
        spec.nodeName = "\(options.target.node)-\(pod.node)"
        spec.serviceAccountName = "default"
        spec.dnsPolicy = .clusterFirst
        spec.schedulerName = "default-scheduler"
        spec.enableServiceLinks = true
        spec.priority = 0
        spec.volumes = [accessVolume]
        return spec
    }

    /// The volume that Kubernetes gives to every pod.
    private var accessVolume: PodVolume {
        var token = VolumeProjection()
        token.serviceAccountToken = ServiceAccountTokenProjection(path: "token", expirationSeconds: 3607)
        var certificate = VolumeProjection()
        certificate.configMap = ConfigMapProjection(
            items: [KeyToPath(key: "ca.crt", path: "ca.crt")], name: "kube-root-ca.crt")
        var source = ProjectedVolumeSource()
        source.defaultMode = 420
        source.sources = [token, certificate]
        var volume = PodVolume(name: Self.accessVolume)
        volume.projected = source
        return volume
    }

    private static let clusterVariables: [EnvVar] = [
        EnvVar(name: "KUBERNETES_PORT", value: "tcp://192.0.2.1:443"),
        EnvVar(name: "KUBERNETES_SERVICE_PORT", value: "443"),
        EnvVar(name: "KUBERNETES_PORT_443_TCP_ADDR", value: "192.0.2.1"),
        EnvVar(name: "KUBERNETES_PORT_443_TCP_PORT", value: "443"),
        EnvVar(name: "KUBERNETES_PORT_443_TCP_PROTO", value: "tcp"),
        EnvVar(name: "KUBERNETES_PORT_443_TCP", value: "tcp://192.0.2.1:443"),
        EnvVar(name: "KUBERNETES_SERVICE_PORT_HTTPS", value: "443"),
        EnvVar(name: "KUBERNETES_SERVICE_HOST", value: "192.0.2.1"),
    ]
}
