import InterLinkAPI
import KubernetesModel

/// What one answer shows of a pod.
struct PodSight: Sendable {
    let spec: PodSpec
    /// Nil: the answer left the pod out, or was none.
    let answer: PodStatusAnswer?
    /// The answer in words, or what was wrong with it.
    let text: String
    let story: PodStory

    /// As a Virtual Kubelet shows it.
    var phase: PodPhase { story.kubelet.phase }

    func status(of container: String) -> ContainerStatus? {
        ((answer?.initContainers ?? []) + (answer?.containers ?? [])).first { $0.name == container }
    }

    func isRunning(_ container: String) -> Bool { status(of: container)?.state?.running != nil }

    func exitCode(of container: String) -> Int32? { status(of: container)?.state?.terminated?.exitCode }

    func restarts(of container: String) -> Int32 { status(of: container)?.restartCount ?? 0 }

    /// Every container of the pod that is no init has ended.
    var hasEnded: Bool { spec.containers.allSatisfy { exitCode(of: $0.name) != nil } }

    /// Every container of the pod that is no init runs.
    var isRunning: Bool { spec.containers.allSatisfy { isRunning($0.name) } }

    /// Something of it runs or is going to.
    var isAlive: Bool {
        ((answer?.initContainers ?? []) + (answer?.containers ?? [])).contains {
            $0.state?.running != nil || $0.state?.waiting != nil
        }
    }

    /// What a Virtual Kubelet makes of it.
    var kubeletWords: String {
        if let crash = story.crash { return "the Virtual Kubelet has crashed: \(crash)" }
        let reason = story.kubelet.reason
        let shown = "a Virtual Kubelet shows the pod as \(phase.rawValue)" + (reason.isEmpty ? "" : " (\(reason))")
        return story.isOver ? shown + ", and asks no more" : shown + " for as long as the answer stays like this"
    }
}
