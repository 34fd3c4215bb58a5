import InterLinkPluginKit
import KubernetesModel
import Testing

@testable import InterLinkBatch

/// A pod with an init container and two others, its job, and what is known of them.
struct EvidenceFixtures {
    static let uid = PodUID("0b5e0000-0000-4000-8000-000000000001")

    var now = Moment(seconds: 1_800_000_600)
    var policy = EvidencePolicy(resultsWait: .seconds(30))
    var restartPolicy = PodDigest.RestartPolicy.never
    var names: [(String, ContainerDigest.Role)] = [("setup", .initial), ("main", .regular), ("side", .regular)]

    var mark: JobMark {
        get throws { JobMark(instance: "k3x9ab2c", uid: try #require(Self.uid)) }
    }

    var pod: PodDigest {
        get throws {
            PodDigest(
                uid: try #require(Self.uid), namespace: "science", name: "fit", node: "vk",
                restartPolicy: restartPolicy,
                grace: .seconds(30),
                containers: names.map { ContainerDigest(name: $0.0, image: "busybox:1", role: $0.1, fingerprint: 1) })
        }
    }

    /// Evidence without anything known.
    func nothing() throws -> Evidence { Evidence(pod: try pod, kind: "slurm", job: "4711", policy: policy, now: now) }

    func sighting(_ state: BatchJobState, attempt: Int? = nil) throws -> Evidence.Scheduler {
        .sighted(
            BatchSighting(handle: JobHandle(id: "4711"), mark: try mark.description, state: state, attempt: attempt))
    }

    /// A state file in which containers have ended with these codes; nil: they still run.
    func state(_ codes: [Int?], attempt: Int = 1, isClosed: Bool = false) throws -> PodStateFile {
        var lines = [
            "format=1", "mark=\(try mark)", "attempt=\(attempt)", "sequence=3", "node=n7", "job=4711",
            "phase=\(isClosed ? "ended" : "running")", "started=1800000000", "closed=\(isClosed ? 1 : 0)",
        ]
        for (index, code) in codes.enumerated() {
            lines += ["c\(index).name=\(names[index].0)", "c\(index).started=180000001\(index)", "c\(index).up=1"]
            if let code {
                lines += [
                    "c\(index).state=terminated", "c\(index).exit=\(code)", "c\(index).finished=180000010\(index)",
                ]
            } else {
                lines += ["c\(index).state=running", "c\(index).ready=1"]
            }
        }
        return try PodStateFile(Array((lines.joined(separator: "\n") + "\n").utf8), of: try mark)
    }
}

extension Observation {
    /// The containers, where there are some.
    var containers: [ContainerStatus] {
        switch self {
        case .state(let containers, _), .ended(let containers, _): containers
        case .absent, .unknown, .gone: []
        }
    }

    /// The job goes on (nil: nothing is said of that).
    var goesOn: Bool? {
        switch self {
        case .state: true
        case .ended, .gone: false
        case .absent, .unknown: nil
        }
    }

    var attempt: Int? {
        switch self {
        case .state(_, let attempt), .ended(_, let attempt): attempt
        case .absent, .unknown, .gone: nil
        }
    }

    /// The exit codes of the containers, in order; nil for those without an end.
    var codes: [Int32?]? { attempt == nil ? nil : containers.map { $0.state?.terminated?.exitCode } }

    /// What ended each container.
    var reasons: [String?] { containers.map { $0.state?.terminated?.reason } }

    var messages: [String?] { containers.map { $0.state?.terminated?.message ?? $0.state?.waiting?.message } }

    var waitingReasons: [String?] { containers.map { $0.state?.waiting?.reason } }
}
