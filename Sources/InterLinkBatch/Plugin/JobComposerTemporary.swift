public import InterLinkPluginKit
struct JobComposer: Sendable {
    init<S: BatchScheduler>(_ c: BatchConfiguration<S>) throws {}
    func compose(_ s: PodSubmission, root: WorkspaceRoot, sharesFilesystem: Bool, killMargin: Duration, prepare: (inout JobResources) throws -> Void) throws -> ComposedJob { fatalError() }
}
extension BatchPlugin { public static var scriptOption: PluginOption<Configuration> { PluginOption("--script", argument: "x", help: "x") { _, _ in "" } } }
