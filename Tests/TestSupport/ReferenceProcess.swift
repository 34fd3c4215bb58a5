import Foundation
import Glibc

/// The reference plugin as a real process on a socket, with records and pods in a folder of its own.
///
/// The target of the test must depend on `ReferencePlugin`, so that the program lies beside it.
package actor ReferenceProcess {
    package nonisolated let socket: String
    private let folder: TemporaryDirectory
    private var process: pid_t = 0

    package init() throws {
        folder = try TemporaryDirectory()
        socket = folder.path("socket")
        try folder.write(
            """
            listen: { unix: { path: \(socket), takeOver: true } }
            state: { folder: \(folder.root) }
            root: \(folder.path("pods"))
            lifecycle: { listFloor: 100ms, listCeiling: 500ms, settle: 200ms, refreshFloor: 100ms }
            """, to: "configuration")
    }

    deinit {
        if process > 0 {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
    }

    /// What it has logged.
    package var log: String { folder.text(of: "log") }

    /// The folders of pods that are there.
    package var pods: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path("pods"))) ?? []).sorted()
    }

    /// Starts it and waits until it serves.
    package func start() async throws {
        let before = readyCount
        process = try BuiltProgram.spawn(
            "ReferencePlugin", ["--config", folder.path("configuration")], output: folder.path("log"),
            errors: folder.path("log"))
        try await eventually("the reference plugin is ready") { readyCount > before }
    }

    /// Ends it in order, and starts it again; pods go on.
    package func restart() async throws {
        stop()
        try await start()
    }

    package func stop() {
        guard process > 0 else { return }
        kill(process, SIGTERM)
        waitpid(process, nil, 0)
        process = 0
    }

    private var readyCount: Int { log.split(separator: "\n").count { $0.contains("NOTICE ready") } }
}
