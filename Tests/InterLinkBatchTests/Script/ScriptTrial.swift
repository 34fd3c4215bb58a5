import Foundation
import InterLinkPluginKit

@testable import InterLinkBatch

/// A pod whose script runs for real, as plain processes, in a workspace that goes with the trial.
final class ScriptTrial: Sendable {
    static let mark = "il-abcdefgh-0b5e0000-0000-4000-8000-000000000001"

    let workspace: URL
    let plan: PodPlan
    let script: String

    init(
        _ containers: [ContainerPlan], restartPolicy: PodDigest.RestartPolicy = .never, grace: Int = 5,
        runtime: any ContainerRuntime = ProcessRuntime(), _ change: (inout PodPlan) -> Void = { _ in }
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "interlink-script-\(UUID().uuidString)")
        workspace = folder
        var plan = try PodPlan(containers, restartPolicy: restartPolicy, grace: grace)
        change(&plan)
        self.plan = plan
        var settings = PodScriptSettings()
        settings.firstBackOff = 1
        settings.longestBackOff = 2
        settings.scratchPeriod = 1
        script =
            try PodScript(
                plan: plan, runtime: runtime, workspace: folder.path, settings: settings
            ).text
        for name in plan.folders {
            try FileManager.default.createDirectory(
                at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        let job = WorkspaceFile(path: WorkspaceLayout.script, contents: Array(script.utf8), mode: 0o700)
        for file in plan.files + plan.environmentFiles + [job] { try write(file) }
    }

    deinit {
        endStrays()
        try? FileManager.default.removeItem(at: workspace)
    }

    /// Runs it to its end; its exit code, or 128 and the signal.
    @discardableResult
    func run(_ environment: [String: String] = [:]) async throws -> Int32 {
        try await start(environment).end()
    }

    func start(_ environment: [String: String] = [:]) throws -> ScriptProcess {
        try ScriptProcess(
            workspace.appending(path: WorkspaceLayout.script).path,
            ["PATH": "/usr/local/bin:/usr/bin:/usr/sbin:/bin:/sbin"].merging(environment) { $1 })
    }

    func log(_ container: String, previous: Bool = false) -> String {
        text(WorkspaceLayout.log(of: container, previous: previous)) ?? ""
    }

    func text(_ path: String) -> String? {
        bytes(path).map { String(decoding: $0, as: UTF8.self) }
    }

    func bytes(_ path: String) -> [UInt8]? {
        (try? Data(contentsOf: workspace.appending(path: path))).map { Array($0) }
    }

    var state: ScriptRecord { ScriptRecord(text(WorkspaceLayout.state) ?? "") }
    var closing: ScriptRecord? { text(WorkspaceLayout.closing).map { ScriptRecord($0) } }

    /// Processes of this machine that carry the mark and this workspace.
    func strays() -> [pid_t] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { pid_t($0) }.filter { pid in
            guard let environment = try? Data(contentsOf: URL(filePath: "/proc/\(pid)/environ")) else { return false }
            return environment.range(of: Data("INTERLINK_CONTAINER=\(plan.mark)/".utf8)) != nil
                && environment.range(of: Data(workspace.path.utf8)) != nil
        }
    }

    private func endStrays() {
        for pid in strays() { kill(pid, SIGKILL) }
    }

    private func write(_ file: WorkspaceFile) throws {
        let url = workspace.appending(path: file.path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.contents).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: Int(file.mode)], ofItemAtPath: url.path)
    }
}

/// A state file or closing record, as a table.
struct ScriptRecord {
    private var values: [String: String] = [:]

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            values[String(line[..<equals])] = String(line[line.index(after: equals)...]).removingPercentEncoding
        }
    }

    subscript(_ key: String) -> String? { values[key] }

    /// The values of one key of all containers, in order.
    func all(_ key: String) -> [String] {
        (0...).lazy.map { self["c\($0).name"] == nil ? nil : self["c\($0).\(key)"] ?? "" }.prefix { $0 != nil }
            .compactMap(\.self)
    }
}

extension PodPlan {
    init(_ containers: [ContainerPlan], restartPolicy: PodDigest.RestartPolicy, grace: Int) throws {
        guard let mark = JobMark(ScriptTrial.mark) else { throw NeverTrue(what: "a mark") }
        let digest = PodDigest(
            uid: mark.uid, namespace: "default", name: "pod", node: "node", restartPolicy: restartPolicy,
            grace: .seconds(grace),
            containers: containers.map {
                ContainerDigest(name: $0.name, image: $0.image, role: $0.role, fingerprint: 0)
            })
        self.init(pod: digest, mark: mark, hostname: "pod", containers: containers)
    }
}

extension ContainerPlan {
    /// A container that runs this with `sh -c`.
    static func shell(
        _ name: String, _ text: String, role: ContainerDigest.Role = .regular,
        restart: PodDigest.RestartPolicy = .never, _ change: (inout ContainerPlan) -> Void = { _ in }
    ) -> ContainerPlan {
        var container = ContainerPlan(name: name, role: role, image: "none")
        container.command = ["sh", "-c", text]
        container.restartPolicy = restart
        change(&container)
        return container
    }
}

/// Waits until something has come true, however busy the machine is.
func eventually(_ what: String, _ condition: () throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(120)
    while try !condition() {
        guard ContinuousClock.now < deadline else { throw NeverTrue(what: what) }
        try await Task.sleep(for: .milliseconds(10))
    }
}

struct NeverTrue: Error {
    let what: String
}
