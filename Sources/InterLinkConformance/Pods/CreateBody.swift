import InterLinkAPI
import KubernetesModel
import LosslessJSON

/// The body of a create, written as the API server of interLink writes it: with `null` where there is nothing, and a job
/// configuration full of zeros.
struct CreateBody: Sendable {
    let pod: Pod
    /// The pod as Kubernetes has it, with the containers that are not sent.
    let whole: Pod
    let bytes: [UInt8]

    init(_ plan: PodPlan, metadata: ObjectMeta, target: ConformanceTarget) {
        var pod = Pod(metadata: metadata, spec: Self.spec(plan, target))
        pod.status = PodStatus(
            conditions: [], hostIP: "127.0.0.1", phase: .pending, podIP: "127.0.0.1",
            startTime: metadata.creationTimestamp)
        self.pod = pod
        var whole = pod
        whole.spec.containers += plan.local.map { Self.written($0, target) }
        self.whole = whole
        let volumes = (plan.inits + plan.containers).map { container in Self.volumes(of: container, in: plan) }
        bytes = JSON.encode(
            JSONValue.object([
                "pod": Self.value(pod), "container": .array(volumes), "jobConfig": Self.emptyConfiguration,
            ]))
    }

    private static func spec(_ plan: PodPlan, _ target: ConformanceTarget) -> PodSpec {
        var spec = PodSpec(containers: plan.containers.map { written($0, target) })
        if !plan.inits.isEmpty { spec.initContainers = plan.inits.map { written($0, target) } }
        if !plan.volumes.isEmpty { spec.volumes = plan.volumes }
        spec.activeDeadlineSeconds = plan.deadline
        spec.restartPolicy = plan.restartPolicy
        spec.terminationGracePeriodSeconds = plan.grace
        spec.nodeName = target.node
        spec.dnsPolicy = .clusterFirst
        spec.schedulerName = "default-scheduler"
        spec.serviceAccountName = "default"
        spec.automountServiceAccountToken = false
        spec.enableServiceLinks = true
        spec.tolerations = [Toleration(key: "virtual-node.interlink/no-schedule", operator: .exists)]
        return spec
    }

    private static func written(_ container: Container, _ target: ConformanceTarget) -> Container {
        var container = container
        container.image = container.image ?? target.image
        if container.command == nil { container.command = target.shell }
        container.imagePullPolicy = .ifNotPresent
        container.terminationMessagePath = container.terminationMessagePath ?? "/dev/termination-log"
        container.terminationMessagePolicy = container.terminationMessagePolicy ?? .file
        let amounts = target.limits.compactMapValues { Quantity($0) }
        container.resources =
            amounts.isEmpty ? ResourceRequirements() : ResourceRequirements(limits: amounts, requests: amounts)
        return container
    }

    /// What interLink sends with a container, found by the volumes that it mounts.
    private static func volumes(of container: Container, in plan: PodPlan) -> JSONValue {
        let mounted = plan.volumes.filter { volume in
            (container.volumeMounts ?? []).contains { $0.name == volume.name }
        }
        let configMaps = plan.configMaps.filter { object in
            mounted.contains { $0.configMap?.name == object.metadata.name && object.metadata.name != nil }
        }
        let secrets = plan.secrets.filter { object in
            mounted.contains { $0.secret?.secretName == object.metadata.name && object.metadata.name != nil }
        }
        let projected = mounted.compactMap { volume in
            plan.projected[volume.name].map { content in
                JSONValue.object([
                    "metadata": .object(["name": .string(volume.name), "creationTimestamp": .null]),
                    "data": .object(content.mapValues(JSONValue.string)),
                ])
            }
        }
        func list(_ values: [JSONValue]) -> JSONValue { values.isEmpty ? .null : .array(values) }
        return .object([
            "name": .string(container.name), "configMaps": list(configMaps.map(value)),
            "projectedvolumemaps": list(projected), "secrets": list(secrets.map(value)), "emptyDirs": .null,
        ])
    }

    private static func value(_ value: some JSONWritable) -> JSONValue {
        // What was just written can be read.
        (try? JSON.decode(from: JSON.encode(value))) ?? .null
    }

    private static let emptyConfiguration = JSONValue.object([
        "SingularityHubProxy": .object([
            "server": .string(""), "master_token": .string(""), "cache_validity_seconds": .number("0"),
        ]),
        "ApptainerOptions": .object(
            [
                "executable": .string(""), "fuseMode": .string(""), "fakeroot": .boolean(false),
                "containall": .boolean(false), "noInit": .boolean(false), "noHome": .boolean(false),
                "noPrivs": .boolean(false), "nvidiaSupport": .boolean(false), "cleanenv": .boolean(false),
                "unsquash": .boolean(false),
            ]),
        "Volumes": .object([
            "scratch_area": .string(""), "apptainer_cachedir": .string(""), "image_dir": .string(""),
            "additional_directories_in_path": .null, "fuse_sleep_seconds": .number("0"),
        ]),
    ])
}
