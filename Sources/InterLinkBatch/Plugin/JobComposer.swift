import InterLinkPluginKit

/// A pod that is ready to be written and submitted.
struct ComposedJob: Sendable {
    let job: BatchJob
    let name: WorkspaceName
    let files: [WorkspaceFile]
    let folders: [String]
    let remarks: [String]
}
