package import InterLinkAPI
package import InterLinkPluginKit
import KubernetesModel

/// Works out what a job does for a pod, from the request and the site's configuration alone.
///
/// ```swift
/// let planner = PodPlanner(settings)
/// planner.objections(to: request)            // when the pod is created: all that stands against it
/// let plan = try planner.plan(for: submission)
/// ```
package struct PodPlanner: Sendable {
    private let settings: PlanSettings

    package init(_ settings: PlanSettings) { self.settings = settings }

    /// The pod, worked out; or everything for which it cannot run here.
    package func plan(for submission: PodSubmission) throws(PlanError) -> PodPlan {
        var (plan, notes) = draft(submission.request, submission.pod, submission.mark)
        guard notes.problems.isEmpty else { throw PlanError(notes.problems) }
        plan.remarks = notes.remarks
        return plan
    }

    /// Everything for which a pod cannot run here, before there is a submission. It is the same work, so that a pod
    /// that was not objected to has a plan.
    package func objections(to request: CreateRequest) -> [PlanProblem] {
        do throws(CreateError) {
            let pod = try PodDigest(request)
            // A draft that is thrown away needs no mark of its own.
            return draft(request, pod, JobMark(instance: "", uid: pod.uid)).notes.problems
        } catch {
            return [PlanProblem("the request", "cannot be understood: \(error)", advice: "send it as Kubernetes does")]
        }
    }

    private func draft(
        _ request: CreateRequest, _ digest: PodDigest, _ mark: JobMark
    ) -> (plan: PodPlan, notes: PlanNotes) {
        var notes = PlanNotes(ignoring: settings.containers.ignore)
        let pod = request.pod
        let features = PodFeatures(pod: pod)
        var plan = PodPlan(pod: digest, mark: mark, hostname: features.hostname(&notes), containers: [])
        features.check(&notes)
        plan.hostAliases = features.hostAliases(&notes)
        plan.activeDeadline = features.activeDeadline(&notes)
        let (resources, flavorGPUs) = ResourcePlanner(configuration: settings.resources)
            .resources(of: pod, grace: digest.grace, &notes)
        plan.resources = resources
        let address = NetworkPlanner.address(of: pod, &notes)
        plan.network = NetworkPlanner(configuration: settings.network).network(of: pod, address: address, &notes)
        if let script = request.jobScript, !script.isEmpty { plan.jobScript = script }

        let sent = SentObjects(request)
        let fields = PodFields(pod: pod, address: address)
        let resourceFields = ResourceFields(spec: pod.spec, job: resources)
        let security = SecurityPlanner(configuration: settings.containers, pod: pod.spec.securityContext)
        security.checkPod(&notes)
        let containers = ContainerPlanner(
            settings: settings, podPolicy: digest.restartPolicy,
            images: ImagePlanner(settings.images, pod: pod, &notes), security: security,
            environment: EnvironmentPlanner(
                fields: fields, resources: resourceFields, sent: sent, expandsValues: expandsValues(of: pod)),
            flavorGPUs: flavorGPUs)
        let placed = pod.spec.containersInOrder
        plan.containers = placed.map { containers.plan($0.container, role: $0.role, at: $0.path, &notes) }

        let downward = DownwardFiles(fields: fields, resources: resourceFields)
        let volumes = VolumePlanner(
            configuration: settings.volumes, namespace: digest.namespace, sent: sent, downward: downward)
        mount(placed, volumes.mountedVolumes(of: pod.spec, &plan, &notes), in: &plan, &notes)
        return (plan, notes)
    }

    /// Gives the containers their mounts, and the plan what the volumes hold.
    private func mount(
        _ placed: [PlacedContainer], _ volumes: [String: PlannedVolume], in plan: inout PodPlan,
        _ notes: inout PlanNotes
    ) {
        var volumes = volumes
        let mounts = MountPlanner(configuration: settings.volumes)
        for (index, place) in placed.enumerated() {
            plan.containers[index].mounts = mounts.mounts(
                of: place.container, plan.containers[index].environment, at: place.path, &volumes, &plan, &notes)
        }
        for (_, volume) in volumes.sorted(by: { $0.key < $1.key }) {
            guard case .contents(let contents) = volume else { continue }
            plan.files += contents.result.files
            plan.folders += contents.result.folders
        }
    }

    private func expandsValues(of pod: Pod) -> Bool {
        switch settings.containers.expandValues {
        case .always: return true
        case .never: return false
        case .automatic:
            let containers = pod.spec.containers + (pod.spec.initContainers ?? [])
            return pod.status?.phase == nil
                || containers.contains { container in
                    container.envFrom?.isEmpty == false
                        || container.env?.contains { $0.valueFrom != nil } == true
                }
        }
    }
}

/// A container with its place in the pod: `spec.initContainers[0]`.
struct PlacedContainer {
    let container: Container
    let role: ContainerDigest.Role
    let path: String
}

extension PodSpec {
    /// Init containers in order, then containers in order.
    var containersInOrder: [PlacedContainer] {
        (initContainers ?? []).enumerated().map { index, container in
            PlacedContainer(
                container: container, role: container.restartPolicy == "Always" ? .sidecar : .initial,
                path: "spec.initContainers[\(index)]")
        }
            + containers.enumerated().map { index, container in
                PlacedContainer(container: container, role: .regular, path: "spec.containers[\(index)]")
            }
    }
}

extension VolumePlanner {
    /// The volumes that containers mount, by name. Others are never looked at: interLink sends nothing for them.
    func mountedVolumes(
        of spec: PodSpec, _ plan: inout PodPlan, _ notes: inout PlanNotes
    ) -> [String: PlannedVolume] {
        let mounted = Set(spec.containersInOrder.flatMap { ($0.container.volumeMounts ?? []).map(\.name) })
        var volumes: [String: PlannedVolume] = [:]
        for (index, volume) in (spec.volumes ?? []).enumerated() where mounted.contains(volume.name) {
            if volumes[volume.name] != nil {
                notes.refuse("spec.volumes[\(index)].name", "is \(shown(volume.name)) for a second time", "rename it")
                continue
            }
            volumes[volume.name] = self.volume(volume, at: "spec.volumes[\(index)]", &plan, &notes)
        }
        return volumes
    }
}
