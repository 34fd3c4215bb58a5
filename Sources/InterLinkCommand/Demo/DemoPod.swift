import InterLinkAPI
import KubernetesModel

/// A pod of the demo, and what is known of it.
struct DemoPod: Sendable {
    /// How it is meant to end.
    enum End: Sendable {
        case success, failure, deletion
    }

    let request: CreateRequest
    let end: End
    let about: String
    private(set) var states: [DemoState]
    /// It was deleted, as far as interLink is concerned.
    private(set) var isDeleted = false

    var pod: Pod { request.pod }
    var name: String { pod.metadata.name ?? "" }
    let containers: [String]

    init(_ pod: Pod, configMaps: [ConfigMap] = [], ends end: End, about: String) {
        let all = (pod.spec.initContainers ?? []) + pod.spec.containers
        containers = all.map(\.name)
        request = CreateRequest(
            pod: pod,
            containers: containers.map { ContainerVolumes(name: $0, configMaps: configMaps.isEmpty ? nil : configMaps) }
        )
        self.end = end
        self.about = about
        states = all.map { _ in .unknown }
    }

    /// Takes what the plugin told.
    mutating func take(_ answer: PodStatusAnswer) {
        guard !isDeleted else { return }
        let told = (answer.initContainers ?? []) + answer.containers
        for (index, name) in containers.enumerated() {
            guard let status = told.first(where: { $0.name == name }) else { continue }
            states[index] = DemoState(status.state)
        }
    }

    mutating func wasDeleted() {
        isDeleted = true
        states = states.map { _ in .leaving }
    }

    mutating func isGone() { states = states.map { _ in .gone } }

    var runs: Bool { states.allSatisfy { $0 == .running } }

    var hasEnded: Bool {
        states.allSatisfy {
            switch $0 {
            case .ended, .gone: true
            case .unknown, .waiting, .running, .leaving: false
            }
        }
    }

    /// Whether it ended as it was meant to.
    var isAsMeant: Bool {
        switch end {
        case .success: states.allSatisfy { $0.exitCode == 0 }
        case .failure: states.contains { $0.exitCode == 2 }
        case .deletion: states.allSatisfy { $0 == .gone }
        }
    }
}

/// How a container is, in the words of the demo.
enum DemoState: Equatable, Sendable {
    case unknown
    case waiting(String)
    case running
    case ended(Int32, String)
    /// It was asked to end.
    case leaving
    case gone

    init(_ state: ContainerState?) {
        if let end = state?.terminated {
            self = .ended(end.exitCode, end.exitCode == 0 ? "" : end.message ?? end.reason ?? "")
        } else if state?.running != nil {
            self = .running
        } else {
            self = .waiting(state?.waiting?.reason ?? "")
        }
    }

    var exitCode: Int32? {
        if case .ended(let code, _) = self { code } else { nil }
    }
}
