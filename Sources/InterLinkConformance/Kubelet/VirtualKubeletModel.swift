package import InterLinkAPI
package import KubernetesModel
import LosslessJSON

/// How interLink's Virtual Kubelet takes status answers in: what it merges into its copy of a pod, which phase follows,
/// and where it dereferences nil and dies.
///
/// Built from what is known of the program (contract 2.5 to 2.7 and 10), faults included; it knows nothing of the
/// plugin.
package struct VirtualKubeletModel: Sendable {
    /// The process has died, and with it the node.
    package struct Crash: Error, CustomStringConvertible {
        package let description: String
    }

    package enum Taken: Equatable {
        case merged
        /// The answer says nothing of this pod: all stays as it is.
        case ignored
        /// The answer is not what Go can read: all stays as it is, and nobody is told.
        case unreadable(String)
    }

    package var metadata: ObjectMeta
    /// The full pod of Kubernetes, with the containers that are not offloaded.
    package let spec: PodSpec
    package private(set) var phase = PodPhase.pending
    package private(set) var reason = ""
    package private(set) var containers: [ContainerStatus]
    package private(set) var inits: [ContainerStatus] = []
    /// What was written to Kubernetes, to be loaded again after a restart.
    private var stored: (phase: PodPhase, containers: [ContainerStatus], inits: [ContainerStatus])?

    package init(metadata: ObjectMeta, spec: PodSpec) {
        self.metadata = metadata
        self.spec = spec
        containers = Self.prefilled(spec)
    }

    private static func prefilled(_ spec: PodSpec) -> [ContainerStatus] {
        spec.containers.map { container in
            ContainerStatus(
                image: container.image ?? "", imageID: "", name: container.name, ready: false, restartCount: 0,
                state: ContainerState(waiting: ContainerStateWaiting(reason: "Remote pod submitted")))
        }
    }

    /// It asks no more for a pod that has finished.
    package var isFinished: Bool { phase == .succeeded || phase == .failed }

    /// The pod as it asks for it.
    package var pod: Pod {
        let status = PodStatus(
            containerStatuses: containers, initContainerStatuses: inits.isEmpty ? nil : inits, phase: phase)
        return Pod(metadata: metadata, spec: spec, status: status)
    }

    /// The body of its question.
    package var question: [UInt8] { JSON.encode([pod]) }

    /// Its copy reaches Kubernetes.
    package mutating func store() { stored = (phase, containers, inits) }

    /// It starts again, and knows what Kubernetes knows.
    package mutating func restart() {
        (phase, containers, inits) = stored ?? (.pending, Self.prefilled(spec), [])
    }

    package mutating func receive(_ body: [UInt8]) throws(Crash) -> Taken {
        let answers: [PodStatusAnswer]
        do {
            answers = try GoReading.statuses(body)
        } catch {
            return .unreadable("\(error)")
        }
        return try receive(answers)
    }

    /// Takes in what interLink has read in an answer.
    package mutating func receive(_ answers: [PodStatusAnswer]) throws(Crash) -> Taken {
        guard let answer = answers.first, !answer.name.isEmpty, answer.uid == metadata.uid, !isFinished else {
            return .ignored
        }
        let progress = try take(inits: answer.initContainers ?? [])
        let outcome = try take(containers: answer.containers, progress, of: (answer.initContainers ?? []).count)
        if outcome.ended == answer.containers.count {
            try complete(outcome.failure ?? progress.failure)
        } else {
            if progress.isRunning { (phase, reason) = (.pending, "Init") }
            if progress.isWaiting { (phase, reason) = (.pending, "Waiting for init containers") }
            if outcome.isRunning { (phase, reason) = (.running, "Running") }
        }
        return .merged
    }

    private struct Progress {
        var ended = 0
        var isWaiting = false
        var isRunning = false
        var failure: String?
    }

    /// The place of an entry in the copy. One that is new is put at the end, but the first is the one that is edited.
    private static func place(_ status: ContainerStatus, in copy: inout [ContainerStatus]) -> Int {
        if let index = copy.firstIndex(where: { $0.name == status.name }) {
            copy[index] = status
            return index
        }
        copy.append(status)
        return 0
    }

    private mutating func take(inits answered: [ContainerStatus]) throws(Crash) -> Progress {
        var progress = Progress()
        for status in answered {
            let index = Self.place(status, in: &inits)
            if let end = status.state?.terminated {
                progress.ended += 1
                guard inits[index].state?.terminated != nil else {
                    throw Crash(
                        description: "the end of init container \(status.name) is written to \(inits[index].name), "
                            + "which has none")
                }
                inits[index].state?.terminated?.exitCode = end.exitCode
                inits[index].state?.terminated?.reason = Self.reason(end)
                if end.exitCode != 0 { progress.failure = Self.reason(end) }
            } else if let waiting = status.state?.waiting {
                progress.isWaiting = true
                inits[index].state?.waiting = waiting
            } else if let running = status.state?.running {
                progress.isRunning = true
                inits[index].state?.running = running
                inits[index].state?.waiting = nil
            }
        }
        if progress.ended == answered.count { progress.isWaiting = false }
        return progress
    }

    private mutating func take(
        containers answered: [ContainerStatus], _ inits: Progress, of count: Int
    ) throws(Crash) -> Progress {
        var progress = Progress()
        for status in answered {
            let index = Self.place(status, in: &containers)
            if inits.isWaiting || inits.isRunning {
                let reason = inits.isRunning ? "Init:\(inits.ended)/\(count)" : "PodInitializing"
                containers[index].state = ContainerState(waiting: ContainerStateWaiting(reason: reason))
            } else if let end = status.state?.terminated {
                progress.ended += 1
                guard containers[index].state?.terminated != nil else {
                    throw Crash(
                        description: "the end of \(status.name) is written to \(containers[index].name), which has none"
                    )
                }
                containers[index].state?.terminated?.reason = Self.reason(end)
                if end.exitCode != 0 { progress.failure = Self.reason(end) }
            } else if status.state?.waiting == nil, let running = status.state?.running {
                progress.isRunning = true
                containers[index].ready = true
                containers[index].state?.running = running
            }
        }
        return progress
    }

    private mutating func complete(_ failure: String?) throws(Crash) {
        guard let failure else {
            (phase, reason) = (.succeeded, "Completed")
            return
        }
        (phase, reason) = (.failed, failure)
        for index in containers.indices {
            guard containers[index].state?.terminated != nil else {
                throw Crash(description: "the pod has failed, and \(containers[index].name) has no end")
            }
            containers[index].state?.terminated?.reason = failure
        }
    }

    private static func reason(_ end: ContainerStateTerminated) -> String {
        end.exitCode == 0 ? "Completed" : "Error: \(end.exitCode)"
    }
}
