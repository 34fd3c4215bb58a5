import Foundation
import Glibc
import InterLinkAPI
import InterLinkHTTPClient
import InterLinkSystem
import KubernetesModel
import LosslessJSON
import TestSupport
import Testing

/// `interlink-local` as a real process with a folder of its own, spoken to as the API server of interLink does.
final class LocalProgram: Sendable {
    let folder: String
    let plugin: InterLinkClient
    private let process = Lock<pid_t>(0)

    init(_ extra: String = "", local: String = "", lifecycle: String = "") throws {
        var template = Array("/tmp/interlink-local.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        plugin = InterLinkClient(.unixSocket("\(folder)/socket"), client: try HTTPClient())
        try """
        listen: { unix: { path: \(folder)/socket, takeOver: true } }
        state: { folder: \(folder)/records }
        lifecycle: { listFloor: 200ms, listCeiling: 1s, refreshFloor: 100ms, settle: 200ms, firstRetry: 200ms\(lifecycle.isEmpty ? "" : ", ")\(lifecycle) }
        workspace: { root: \(folder)/jobs, killMargin: 2s }
        runtime: { kind: process }
        local: { folder: \(folder)/queue, cgroup: "off"\(local.isEmpty ? "" : ", ")\(local) }
        \(extra)
        """.write(toFile: "\(folder)/configuration", atomically: false, encoding: .utf8)
    }

    deinit {
        kill9()
        // Jobs outlive the plugin by design, but not the test.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
            guard let pid = pid_t(name),
                let environment = try? String(contentsOfFile: "/proc/\(pid)/environ", encoding: .utf8),
                environment.contains("INTERLINK_WORKSPACE=\(folder)/")
            else { continue }
            kill(pid, SIGKILL)
        }
        try? FileManager.default.removeItem(atPath: folder)
    }

    var log: String { text("log") ?? "" }

    func text(_ name: String) -> String? { try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }

    func exists(_ name: String) -> Bool { access("\(folder)/\(name)", F_OK) == 0 }

    func touch(_ name: String) { _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: nil) }

    /// Starts it, and waits until it serves.
    func start() async throws {
        let before = log.split(separator: "\n").count { $0.contains("NOTICE ready") }
        let pid = try BuiltProgram.spawn(
            "interlink-local", ["--config", "\(folder)/configuration"], output: "/dev/null", errors: "\(folder)/log")
        process.withLock { $0 = pid }
        try await eventually("it is ready") { [self] in
            log.split(separator: "\n").count { $0.contains("NOTICE ready") } > before
        }
    }

    /// Runs it to its end with an option, and returns what it printed.
    func run(_ arguments: [String]) async throws -> String {
        let pid = try BuiltProgram.spawn(
            "interlink-local", ["--config", "\(folder)/configuration"] + arguments, output: "\(folder)/output",
            errors: "\(folder)/output")
        try await eventually("it ends") { waitpid(pid, nil, WNOHANG) == pid }
        return text("output") ?? ""
    }

    /// Ends it without a farewell.
    func kill9() { end(by: SIGKILL) }

    /// Asks it to end, and waits.
    func terminate() { end(by: SIGTERM) }

    private func end(by signal: Int32) {
        let pid = process.withLock { process in
            defer { process = 0 }
            return process
        }
        guard pid > 0 else { return }
        kill(pid, signal)
        waitpid(pid, nil, 0)
    }
}

/// A pod to send, with shell commands for containers.
struct TestPod {
    let uid: String
    var inits: [(String, String)] = []
    var containers: [(String, String)] = []
    var grace = 2
    var restartPolicy = "Never"
    var resources = ""

    private static let count = Lock(0)

    init(_ containers: (String, String)..., inits: [(String, String)] = []) {
        let number = Self.count.withLock { count in
            count += 1
            return count
        }
        let digits = "\(number)"
        uid = "0b5e0000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        self.containers = containers
        self.inits = inits
    }

    var pod: Pod {
        get throws {
            let text = """
                {"metadata":{"name":"p","namespace":"n","uid":"\(uid)"},"spec":{"restartPolicy":"\(restartPolicy)",
                 "terminationGracePeriodSeconds":\(grace),"initContainers":\(list(inits)),"containers":\(list(containers))}}
                """
            return try JSON.decode(from: Array(text.utf8))
        }
    }

    private func list(_ containers: [(String, String)]) -> String {
        let items = containers.map { name, script in
            let words = JSONValue.array(["/bin/sh", "-c", script].map { .string($0) })
            let resources = resources.isEmpty ? "{}" : resources
            return
                #"{"name":"\#(name)","image":"none","resources":\#(resources),"command":\#(String(decoding: JSON.encode(words), as: UTF8.self))}"#
        }
        return "[\(items.joined(separator: ","))]"
    }
}

extension LocalProgram {
    func create(_ pod: TestPod) async throws {
        let reply = try await plugin.create(CreateRequest(pod: try pod.pod))
        try #require(reply.status == 200, "\(String(decoding: reply.response.body, as: UTF8.self))")
    }

    /// The containers of a pod, init containers first.
    func containers(of pod: TestPod) async throws -> [ContainerStatus] {
        let answer = try await plugin.status(of: [try pod.pod]).get()
        return answer.first.map { ($0.initContainers ?? []) + $0.containers } ?? []
    }

    /// Waits until all containers have ended; their exit codes.
    func codes(of pod: TestPod) async throws -> [Int32] {
        try await eventually("all containers end") {
            let containers = try await containers(of: pod)
            return !containers.isEmpty && containers.allSatisfy { $0.state?.terminated != nil }
        }
        return try await containers(of: pod).compactMap { $0.state?.terminated?.exitCode }
    }

    func isRunning(_ pod: TestPod) async throws -> Bool {
        try await containers(of: pod).contains { $0.state?.running != nil }
    }

    func logs(_ pod: TestPod, _ container: String, _ options: LogOptions? = nil) async throws -> String {
        let response = try await plugin.logs(
            LogRequest(podUID: pod.uid, containerName: container, namespace: "n", options: options, podName: "p"))
        var bytes: [UInt8] = []
        for try await chunk in response.body { bytes += chunk }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The supervisor of a pod's job, from its job file.
    func supervisor(of pod: TestPod) -> pid_t? {
        text("jobs/n-\(pod.uid)/job")?.split(separator: "\n").first { $0.hasPrefix("pid=") }.flatMap {
            pid_t($0.dropFirst(4))
        }
    }
}

/// Waits until it is so; the limit is for what is broken, not for what is slow.
func eventually(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(300)
    while try await !condition() {
        try #require(ContinuousClock.now < deadline, what, sourceLocation: sourceLocation)
        try await Task.sleep(for: .milliseconds(20))
    }
}
