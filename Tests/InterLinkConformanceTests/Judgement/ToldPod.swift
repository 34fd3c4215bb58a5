import InterLinkAPI
import KubernetesModel
import LosslessJSON

@testable import InterLinkConformance

/// A pod that answers are made about. `init:` and `sidecar:` before a name say what a container is; `local:` ones are not
/// offloaded.
struct ToldPod {
    let pod: Pod

    init(_ names: String..., restartPolicy: RestartPolicy = .never) {
        var spec = PodSpec(containers: [], restartPolicy: restartPolicy)
        for name in names {
            let parts = name.split(separator: ":").map(String.init)
            var container = Container(name: parts[parts.count - 1], image: "image")
            switch parts[0] {
            case "init": spec.initContainers = (spec.initContainers ?? []) + [container]
            case "sidecar":
                container.restartPolicy = "Always"
                spec.initContainers = (spec.initContainers ?? []) + [container]
            default: spec.containers.append(container)
            }
        }
        pod = Pod(metadata: ObjectMeta(name: "pod", namespace: "space", uid: "uid-1"), spec: spec)
    }

    var model: VirtualKubeletModel { VirtualKubeletModel(metadata: pod.metadata, spec: pod.spec) }

    func answer(inits: [ContainerStatus]? = nil, _ containers: ContainerStatus...) -> PodStatusAnswer {
        PodStatusAnswer(
            uid: "uid-1", containers: containers, name: "pod", namespace: "space", initContainers: inits)
    }
}

/// How a container is told.
enum Told {
    case waiting, running, ended, failed

    func status(_ name: String) -> ContainerStatus {
        var state = ContainerState()
        switch self {
        case .waiting: state.waiting = ContainerStateWaiting(reason: "Waiting")
        case .running: state.running = ContainerStateRunning(startedAt: Timestamp(secondsSinceEpoch: 1000))
        case .ended: state.terminated = ContainerStateTerminated(exitCode: 0)
        case .failed: state.terminated = ContainerStateTerminated(exitCode: 3)
        }
        return ContainerStatus(image: "image", imageID: "", name: name, ready: false, restartCount: 0, state: state)
    }
}
