import Dispatch
import Foundation

/// SIGINT and SIGTERM: the first cancels the work, so that it can clean up; a second one ends the program at once.
enum Interruption {
    static func cancelling<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let task = Task { try await work() }
        let queue = DispatchQueue(label: "signals")
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if task.isCancelled { _exit(128 + number) }
                FileHandle.standardError.write(Data("\ninterrupted; cleaning up, once more ends it at once\n".utf8))
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return try await task.value
    }
}
