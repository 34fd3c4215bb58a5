import InterLinkAPI
import InterLinkConformance
import KubernetesModel
import LosslessJSON
import Testing

@testable import InterLinkPluginKit

/// A pod as Kubernetes has it, as it was created at the plugin, and as the host knows it.
///
/// `init:`, `sidecar:` and `local:` before a name say what a container is; local ones are not offloaded.
struct SamplePod {
    let digest: PodDigest
    var tracked: TrackedPod
    let model: VirtualKubeletModel
    var second: Int64 = 1000

    init(_ names: String..., restartPolicy: PodDigest.RestartPolicy = .never, jobID: String = "il-1") {
        self.init(names: names, restartPolicy: restartPolicy, jobID: jobID)
    }

    init(names: [String], restartPolicy: PodDigest.RestartPolicy = .never, jobID: String = "il-1") {
        var spec = PodSpec(containers: [])
        var inits: [Container] = []
        var digests: [ContainerDigest] = []
        for name in names {
            let parts = name.split(separator: ":").map(String.init)
            let plain = parts[parts.count - 1]
            var container = Container(name: plain, image: "image-of-\(plain)")
            var role = ContainerDigest.Role.regular
            switch parts[0] {
            case "init": role = .initial
            case "sidecar":
                role = .sidecar
                container.restartPolicy = "Always"
            default: break
            }
            if role == .regular { spec.containers.append(container) } else { inits.append(container) }
            if parts[0] == "local" { continue }
            digests.append(ContainerDigest(name: plain, image: "image-of-\(plain)", role: role, fingerprint: 1))
        }
        if !inits.isEmpty { spec.initContainers = inits }
        let sample = PodDigest.sample()
        digest = PodDigest(
            uid: sample.uid, namespace: "space", name: "pod", node: "", restartPolicy: restartPolicy,
            grace: .seconds(10), containers: digests)
        tracked = TrackedPod(
            digest: digest, jobID: jobID, placement: Placement(site: "s"), at: Moment(seconds: 0))
        tracked.phase = .started(JobHandle(id: "123"), at: Moment(seconds: 0))
        model = VirtualKubeletModel(
            metadata: ObjectMeta(
                annotations: ["JobID": jobID], name: "pod", namespace: "space", uid: sample.uid.text), spec: spec)
    }

    /// The backend says how containers are; the host writes it down.
    mutating func see(_ statuses: ContainerStatus..., attempt: Int = 1) { hear(.state(statuses, attempt: attempt)) }

    /// The backend says that the job has ended, and how.
    mutating func seeEnd(_ statuses: ContainerStatus...) { hear(.ended(statuses)) }

    mutating func hear(_ observation: Observation) {
        second += 1
        _ = tracked.hear(observation, evidence: Moment(seconds: second), settings: LifecycleSettings())
        if let book = tracked.book.takeUnwritten() { tracked.book.wrote(book) }
    }

    /// What would come over the wire in answer to a question, and is remembered by it.
    mutating func answer(to question: [UInt8], settings: AnswerSettings = AnswerSettings()) throws -> [UInt8] {
        let references = try PodReference.scan(question).map { ($0, KnownPod.tracked(PodView(tracked))) }
        var marks: ReportMarks?
        let body = StatusAnswer.body(for: references, settings: settings) { marks = $1 }
        if let marks { tracked.marks = marks }
        return body
    }

    /// Asks and takes the answer in, as a Virtual Kubelet does.
    mutating func poll(_ model: inout VirtualKubeletModel, settings: AnswerSettings = AnswerSettings()) throws {
        let body = try answer(to: model.question, settings: settings)
        #expect(try model.receive(body) == .merged, "\(String(decoding: body, as: UTF8.self))")
    }

    /// The answer to a Virtual Kubelet that knows the names of all containers.
    mutating func answerOnceKnown(settings: AnswerSettings = AnswerSettings()) throws -> PodStatusAnswer {
        var known = model
        let before = tracked
        tracked = TrackedPod(digest: digest, jobID: before.jobID, placement: before.placement, at: before.createdAt)
        try poll(&known)
        tracked = before
        return try Self.single(answer(to: known.question, settings: settings))
    }

    static func single(_ body: [UInt8]) throws -> PodStatusAnswer {
        let answers: [PodStatusAnswer] = try JSON.decode(from: body)
        return try #require(answers.first)
    }
}

extension PodStatusAnswer {
    /// `i0 | a0 b137`: names with what they are told as.
    var short: String {
        let lists = [initContainers ?? [], containers].map { list in
            list.map { status in
                let end = status.state?.terminated.map { "\($0.exitCode)" }
                return status.name + (end ?? (status.state?.running != nil ? "+" : "-"))
            }.joined(separator: " ")
        }
        return initContainers == nil ? lists[1] : lists.joined(separator: " | ")
    }
}
