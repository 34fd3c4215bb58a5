import InterLinkPluginKit
import InterLinkSystem

/// What a job has written about itself, as it was read last.
struct JobRecords: Equatable, Sendable {
    var state: PodStateFile?
    var closing: PodStateFile?
    /// Why the state file tells nothing, where it does not.
    var fault: String?
    /// By which the state file is told from an earlier one.
    private var facts: Folder.FileFacts?
    private var bytes: [UInt8]?

    init() {}

    /// Reads what has changed in a workspace of this machine. Blocks.
    func refreshed(in root: WorkspaceRoot, _ name: WorkspaceName, of mark: JobMark) throws -> JobRecords {
        if closing != nil { return self }
        guard let folder = try root.open(name.description) else { return self }
        var records = self
        if let closing = try folder.read(WorkspaceLayout.closing, atMost: PodStateFile.limit) {
            records.closing = try? PodStateFile(closing, of: mark)
        }
        let now = try folder.facts(of: WorkspaceLayout.state)
        guard let now, now != facts else { return records }
        records.facts = now
        if let state = try folder.read(WorkspaceLayout.state, atMost: PodStateFile.limit) {
            records.take(state, of: mark)
        }
        return records
    }

    /// Reads what has changed where no filesystem is shared.
    func refreshed(from files: any JobFiles, of mark: JobMark) async throws -> JobRecords {
        if closing != nil { return self }
        var records = self
        let limit = PodStateFile.limit
        if let closing = try await files.read(WorkspaceLayout.closing, from: 0, count: limit + 1) {
            records.closing = try? PodStateFile(closing, of: mark)
        }
        if let state = try await files.read(WorkspaceLayout.state, from: 0, count: limit + 1), state != bytes {
            records.bytes = state
            records.take(state, of: mark)
        }
        return records
    }

    /// A file that cannot be understood changes nothing of what is known.
    private mutating func take(_ bytes: [UInt8], of mark: JobMark) {
        do throws(StateFileFault) {
            state = try PodStateFile(bytes, of: mark)
            fault = nil
        } catch {
            fault = error.description
        }
    }
}
