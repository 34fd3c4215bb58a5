import InterLinkPluginKit
import InterLinkSystem

/// Removes what was kept for people, when its time is over. It works for as long as somebody holds it.
final class Janitor: Sendable {
    private let task: Task<Void, Never>

    init(_ root: WorkspaceRoot, keeping retention: Duration, pool: BlockingPool, clock: any TimeSource, logger: Logger)
    {
        task = Task {
            repeat {
                let second = (clock.now - retention).seconds
                do {
                    try await pool.run { try root.removeKept(before: second) }
                } catch {
                    logger.warning("what was kept of removed pods cannot be removed", ["error": "\(error)"])
                }
            } while (try? await clock.sleep(for: .seconds(600))) != nil
        }
    }

    deinit { task.cancel() }
}
