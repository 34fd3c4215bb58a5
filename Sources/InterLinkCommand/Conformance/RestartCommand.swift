import Foundation

/// The command by which the operator starts the plugin again: a text for the shell, written by the operator.
enum RestartCommand {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static func closure(_ command: String) -> @Sendable () async throws -> Void {
        { try await run(command) }
    }

    private static func run(_ command: String) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        // What it prints belongs to the messages, not to the report.
        process.standardOutput = FileHandle.standardError
        let code: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
        guard code == 0 else { throw Failure(description: "\(command.debugDescription) exited with \(code)") }
    }
}
