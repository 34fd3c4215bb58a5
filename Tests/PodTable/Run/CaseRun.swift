import Foundation
import InterLinkAPI
import InterLinkHTTPClient
import KubernetesModel
import LosslessJSON

/// Runs one case against a plugin and judges it.
struct CaseRun {
    let row: PodCase
    let target: TableTarget
    private let uid = UUID().uuidString.lowercased()
    private let namespace = "pod-table"

    init(_ row: PodCase, _ target: TableTarget) {
        self.row = row
        self.target = target
    }

    /// What is wrong; empty when the case passes.
    func problems() async -> [String] {
        do {
            let placeholders = try await makePlaceholders()
            let request = try request(placeholders)
            let expectation = try row.expectation(placeholders)
            let session = PodSession(client: target.client, pod: request.pod)
            let problems = await run(request, expectation, session, placeholders)
            if expectation.refusal == nil { try await session.delete(grace: 0) }
            try? FileManager.default.removeItem(atPath: placeholders.hostFolder)
            return problems
        } catch {
            return ["\(error)"]
        }
    }

    // MARK: The request

    private func makePlaceholders() async throws -> Placeholders {
        let folder = "\(target.hostFolder)/\(row.name)-\(uid.prefix(8))"
        var placeholders = Placeholders(
            uid: uid, name: "table-\(row.name)", hostFolder: folder, ports: [:])
        if case .objects(let pod, _, _) = row.origin {
            if row.needs.contains(.hostPath) {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
            }
            for name in Placeholders.portNames(in: pod) { placeholders.ports[name] = try await FreePorts.shared.take() }
        }
        return placeholders
    }

    private func request(_ placeholders: Placeholders) throws -> CreateRequest {
        switch row.origin {
        case .objects(let pod, let configMaps, let secrets):
            var pod = try typed(Pod.self, pod, placeholders)
            pod.metadata.name = placeholders.name
            pod.metadata.namespace = namespace
            pod.metadata.uid = uid
            pod.spec.nodeName = pod.spec.nodeName ?? "table-node"
            pod.spec.initContainers = pod.spec.initContainers.map { $0.map(withImage) }
            pod.spec.containers = pod.spec.containers.map(withImage)
            if row.needs.contains(.hostPath) { addHostFolder(placeholders.hostFolder, to: &pod) }
            return SentPod(
                pod: pod,
                configMaps: try configMaps.map { try typed(ConfigMap.self, $0, placeholders) },
                secrets: try secrets.map { try typed(Secret.self, $0, placeholders) }
            ).request
        case .capture(let name): return try CapturedCreate.named(name, uid: uid, image: target.image)
        }
    }

    private func addHostFolder(_ path: String, to pod: inout Pod) {
        let name = "table-host-folder"
        pod.spec.volumes =
            (pod.spec.volumes ?? []) + [PodVolume(name: name, hostPath: HostPathVolumeSource(path: path))]
        let mount = VolumeMount(mountPath: path, name: name)
        func mounted(_ container: Container) -> Container {
            var container = container
            container.volumeMounts = (container.volumeMounts ?? []) + [mount]
            return container
        }
        pod.spec.initContainers = pod.spec.initContainers.map { $0.map(mounted) }
        pod.spec.containers = pod.spec.containers.map(mounted)
    }

    /// The names of images that every plugin maps to its own.
    static let images: Set = ["busybox", "debian", "entrypoint", "no-shell"]

    private func withImage(_ container: Container) -> Container {
        guard let name = container.image, Self.images.contains(name) else { return container }
        var container = container
        container.image = target.image(name)
        return container
    }

    private func typed<Value: JSONReadable>(
        _ type: Value.Type, _ value: JSONValue, _ placeholders: Placeholders
    ) throws -> Value {
        var options = JSONReader.Options()
        options.missingMembersAreZero = true
        return try JSON.decode(from: JSON.encode(placeholders.filled(value)), options: options)
    }

    // MARK: The run

    private func run(
        _ request: CreateRequest, _ expectation: PodExpectation, _ session: PodSession, _ placeholders: Placeholders
    ) async -> [String] {
        var observed = ObservedPod()
        do {
            let reply = try await target.client.create(request)
            if let refusal = expectation.refusal {
                guard (400..<500).contains(reply.status), reply.response.text.contains(refusal) else {
                    if reply.status == 200 { try await session.delete(grace: 0) }
                    let answer = "\(reply.status): \(reply.response.text)"
                    return ["expected a refusal with \(refusal.debugDescription), got \(answer)"]
                }
                return []
            }
            _ = try reply.get()
            let deadline = ContinuousClock.now + target.limit
            for step in row.steps {
                if let problem = try await carryOut(step, session, &observed, placeholders, deadline) {
                    return [problem]
                }
            }
            return try await judge(expectation, session, &observed, placeholders, deadline)
        } catch {
            return ["\(error); the pod was \(observed.summary)"]
        }
    }

    /// Does a step; what went wrong, or nil.
    private func carryOut(
        _ step: PodCase.Step, _ session: PodSession, _ observed: inout ObservedPod, _ placeholders: Placeholders,
        _ deadline: ContinuousClock.Instant
    ) async throws -> String? {
        let folder = placeholders.hostFolder
        switch step {
        case .delete(let grace):
            try await session.delete(grace: grace)
            return nil
        case .writeFile(let name, let text):
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            return nil
        case .removeFile(let name):
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            return nil
        case .waitForPhase, .waitForLog, .waitForRestarts, .waitForFile, .waitForStillness: break
        }
        var stillness = Stillness()
        while ContinuousClock.now < deadline {
            observed.take(try await session.status())
            switch step {
            case .waitForPhase(let phase):
                if observed.phase == phase { return nil }
            case .waitForLog(let container, let text):
                if String(decoding: try await session.log(of: container), as: UTF8.self).contains(text) { return nil }
            case .waitForRestarts(let container, let count):
                if let status = observed.containers[container], status.restartCount >= count { return nil }
            case .waitForFile(let name):
                if FileManager.default.fileExists(atPath: "\(folder)/\(name)") { return nil }
            case .waitForStillness(let name):
                if stillness.lasts(FileManager.default.contents(atPath: "\(folder)/\(name)")) { return nil }
            case .delete, .writeFile, .removeFile: return nil
            }
            if observed.phase.isTerminal && !step.mayFollowTheEnd {
                return "it ended before the step \(step): \(observed.summary)"
            }
            try await Task.sleep(for: .milliseconds(200))
        }
        return "the time for the step \(step) is over; the pod was \(observed.summary)"
    }

    // MARK: The verdict

    private func judge(
        _ expectation: PodExpectation, _ session: PodSession, _ observed: inout ObservedPod,
        _ placeholders: Placeholders,
        _ deadline: ContinuousClock.Instant
    ) async throws -> [String] {
        let wanted = expectation.phase
        while true {
            if wanted != nil { observed.take(try await session.status()) }
            let isLate = ContinuousClock.now >= deadline
            // Nobody waits for anything once the end was told: logs and codes are there, or they are wrong.
            let isFinal = observed.phase.isTerminal && expectation.files.isEmpty
            if wanted == nil || observed.phase == wanted || observed.phase.isTerminal || isLate {
                let problems = try await found(expectation, observed, session, placeholders)
                if problems.isEmpty || isFinal || isLate { return problems }
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    private func found(
        _ expectation: PodExpectation, _ observed: ObservedPod, _ session: PodSession, _ placeholders: Placeholders
    ) async throws -> [String] {
        var problems: [String] = []
        if let phase = expectation.phase, phase != observed.phase {
            problems.append("expected \(phase.rawValue), got \(observed.summary)")
        }
        for (name, expected) in expectation.containers.sorted(by: { $0.key < $1.key }) {
            problems += expected.problems(name, observed.containers).map { "\(name): \($0)" }
            if let text = expected.log, let problem = text.problem(try await session.log(of: name)) {
                problems.append("\(name): log: \(problem)")
            }
            if let text = expected.previousLog,
                let problem = text.problem(try await session.log(of: name, LogOptions(previous: true)))
            {
                problems.append("\(name): log of the earlier run: \(problem)")
            }
        }
        for call in expectation.logs {
            let options = LogOptions(
                bytes: call.bytes, sinceSeconds: call.sinceSeconds, tail: call.tail, timestamps: call.timestamps)
            if let problem = call.text.problem(try await session.log(of: call.container, options)) {
                problems.append("\(call.container): log with \(options): \(problem)")
            }
        }
        for (name, expected) in expectation.files.sorted(by: { $0.key < $1.key }) {
            let found = FileManager.default.contents(atPath: "\(placeholders.hostFolder)/\(name)")
            switch (expected, found) {
            case (nil, nil): break
            case (nil, .some): problems.append("the file \(name) is there")
            case (.some, nil): problems.append("the file \(name) is not there")
            case (.some(let text), .some(let data)):
                if let problem = text.problem(Array(data)) { problems.append("the file \(name): \(problem)") }
            }
        }
        return problems
    }
}
