import Foundation
import InterLinkHTTPClient

/// The good plugin as a process, in a folder of its own.
final class ReferenceProcess: Sendable {
    let socketPath: String
    private let folder: URL
    private let process: Process

    /// Starts it, and returns when it answers.
    init() async throws {
        folder = URL(filePath: "/tmp/interlink-good-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        socketPath = folder.path + "/plugin.sock"
        let configuration = """
            listen: { unix: { path: \(socketPath) } }
            state: { folder: \(folder.path)/state }
            root: \(folder.path)/pods
            lifecycle: { listFloor: 50ms, listCeiling: 200ms, refreshFloor: 50ms, settle: 200ms }
            log: { level: warning }
            """
        let file = folder.appending(path: "configuration.yaml")
        try Data(configuration.utf8).write(to: file)
        process = Process()
        process.executableURL = try Self.program
        process.arguments = ["--config", file.path]
        process.standardInput = FileHandle.nullDevice
        try process.run()
        try await waitUntilReady()
    }

    /// Ends the process and removes its files. Its pods must be gone.
    func end() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private func waitUntilReady() async throws {
        let client = try HTTPClient()
        defer { client.close() }
        let plugin = InterLinkClient(.unixSocket(socketPath), client: client)
        for _ in 0..<1200 {
            if let reply = try? await plugin.ping(), reply.status == 200 { return }
            guard process.isRunning else { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        end()
        throw NotReady()
    }

    /// It ended, or did not answer within a minute.
    struct NotReady: Error {}

    /// It is built beside the tests.
    private static var program: URL {
        get throws {
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return URL(filePath: tests).deletingLastPathComponent().appending(path: "ReferencePlugin")
        }
    }
}
