import Glibc
import InterLinkSystem
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// The test plugin as a real process, in a folder of its own.
final class PluginProgram: Sendable {
    let folder: TemporaryDirectory
    private let process = Lock<pid_t>(0)

    struct Output: Sendable {
        let code: Int32
        let text: String
        let errors: String
    }

    init(_ extra: String = "", listen: String? = nil) throws {
        folder = try TemporaryDirectory()
        try folder.write(
            """
            listen: \(listen ?? "{ unix: { path: \(folder.path("socket")), takeOver: true } }")
            state: { folder: \(folder.root) }
            journal: \(folder.path("jobs"))
            lifecycle: { listFloor: 50ms, listCeiling: 200ms, settle: 200ms }
            \(extra)
            """, to: "configuration")
    }

    deinit {
        let last = process.withLock { $0 }
        guard last > 0 else { return }
        kill(last, SIGKILL)
        var status: Int32 = 0
        waitpid(last, &status, 0)
    }

    var socket: String { folder.path("socket") }

    /// What the program has logged.
    var log: String { folder.text(of: "log") }

    /// The jobs that the backend was given.
    var submitted: Int { count(of: "submit ") }

    /// Those of them that it was asked to stop.
    var stopped: Int { count(of: "stop ") }

    private func count(of call: String) -> Int {
        folder.text(of: "jobs").split(separator: "\n").count { $0.hasPrefix(call) }
    }

    /// Starts it, without waiting for anything. What ran before is no longer followed. It gets the listening socket as
    /// systemd hands sockets over.
    @discardableResult
    func launch(_ environment: [String: String] = [:], listener: Int32? = nil) throws -> pid_t {
        let pid = try BuiltProgram.spawn(
            "TestPlugin", ["--config", folder.path("configuration")], environment: environment, output: "/dev/null",
            errors: folder.path("log"),
            listener: listener)
        process.withLock { $0 = pid }
        return pid
    }

    /// Starts it and waits until it serves.
    @discardableResult
    func start(_ environment: [String: String] = [:]) async throws -> pid_t {
        let before = log.split(separator: "\n").count { $0.contains("NOTICE ready") }
        let pid = try launch(environment)
        try await eventually("it is ready") { [self] in
            log.split(separator: "\n").count { $0.contains("NOTICE ready") } > before
        }
        return pid
    }

    /// Waits for the end of a process: its exit code, or 128 and the signal.
    func end(of pid: pid_t) async throws -> Int32 {
        let result = Lock<Int32?>(nil)
        try await eventually("the process ends") {
            var status: Int32 = 0
            guard waitpid(pid, &status, WNOHANG) == pid else { return false }
            result.withLock { $0 = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F }
            return true
        }
        process.withLock { if $0 == pid { $0 = 0 } }
        return try #require(result.withLock { $0 })
    }

    /// Runs it to its end with these arguments.
    func run(_ arguments: [String], _ environment: [String: String] = [:]) async throws -> Output {
        let pid = try BuiltProgram.spawn(
            "TestPlugin", arguments, environment: environment, output: folder.path("output"),
            errors: folder.path("errors"))
        let code = try await end(of: pid)
        return Output(
            code: code, text: folder.text(of: "output"), errors: folder.text(of: "errors"))
    }
}

/// A client of the program, with one connection a request as after a restart of the API server.
struct ProgramClient: Sendable {
    let loops: EventLoopGroup
    let socket: String

    func post(_ path: String, _ body: String) async throws -> RawClient.Answer {
        try await RawClient(to: .unix(socket), on: loops.next()).post(path, body: Array(body.utf8))
    }

    func jobs() async throws -> String {
        try await RawClient(to: .unix(socket), on: loops.next()).get("/jobs").text
    }
}
