import InterLinkAPI
import InterLinkPluginKit

/// From a pod to all that is written and submitted for it: plan, script, workspace. Pure.
struct JobComposer: Sendable {
    private let planner: PodPlanner
    private let runtime: any ContainerRuntime
    private let script: PodScriptSettings

    init<Scheduler>(_ configuration: BatchConfiguration<Scheduler>) {
        planner = PodPlanner(configuration.planSettings)
        runtime = configuration.runtime.runtime
        script = configuration.script.settings
    }

    /// All that stands against a pod, before there is a submission.
    func objections(to request: CreateRequest) throws(PlanError) {
        let problems = planner.objections(to: request)
        guard problems.isEmpty else { throw PlanError(problems) }
    }

    /// Everything for a pod's job.
    func compose(
        _ submission: PodSubmission, root: String, sharesFilesystem: Bool, killMargin: Duration,
        prepare: (inout JobResources) throws -> Void
    ) throws -> ComposedJob {
        guard let name = WorkspaceName(namespace: submission.pod.namespace, uid: submission.pod.uid) else {
            throw WorkspaceError.badNamespace(submission.pod.namespace)
        }
        let plan = try plan(for: submission)
        var resources = plan.resources
        try prepare(&resources)
        let folder = "\(root)/\(name)"
        let script = try PodScript(
            plan: plan, runtime: runtime, workspace: sharesFilesystem ? folder : nil, settings: self.script
        ).text
        let contents =
            plan.files + plan.environmentFiles + [Self.file(WorkspaceLayout.script, script, mode: 0o700)]
        let pod = PodFile(mark: submission.mark, pod: submission.pod)
        var files = [WorkspaceFile(path: PodFile.name, contents: pod.bytes, mode: 0o600)]
        var text = script
        var archive: [UInt8]?
        if sharesFilesystem {
            files += contents
        } else {
            guard let packed = WorkspaceArchive.pack(contents, folders: plan.folders) else { throw NoMemory() }
            archive = packed
            text = WorkspaceArchive.script(unpackingInto: WorkspaceArchive.folder, embedding: nil)
            files += [
                WorkspaceFile(path: WorkspaceArchive.fileName, contents: packed, mode: 0o600),
                Self.file(WorkspaceLayout.script, text, mode: 0o700),
            ]
        }
        let job = BatchJob(
            pod: submission.pod, mark: submission.mark, placement: submission.placement, request: submission.request,
            resources: resources, workspace: folder, scriptPath: "\(folder)/\(WorkspaceLayout.script)", script: text,
            archive: archive, killAfter: submission.pod.grace + killMargin)
        return ComposedJob(
            job: job, name: name, files: files, folders: sharesFilesystem ? plan.folders : [], remarks: plan.remarks)
    }

    /// The plan, if the runtime can do what it asks for.
    private func plan(for submission: PodSubmission) throws -> PodPlan {
        let plan = try planner.plan(for: submission)
        let objections = plan.jobScript == nil ? runtime.objections(to: plan) : []
        guard objections.isEmpty else { throw RuntimeObjections(runtime: runtime.name, objections: objections) }
        return plan
    }

    private static func file(_ path: String, _ text: String, mode: UInt32) -> WorkspaceFile {
        WorkspaceFile(path: path, contents: Array(text.utf8), mode: mode)
    }
}

/// A pod that is ready to be written and submitted.
struct ComposedJob: Sendable {
    let job: BatchJob
    let name: WorkspaceName
    let files: [WorkspaceFile]
    let folders: [String]
    let remarks: [String]
}

/// What a runtime cannot do for a pod.
struct RuntimeObjections: Error, CustomStringConvertible {
    let runtime: String
    let objections: [String]

    var description: String {
        "the runtime \(runtime) cannot run this pod: \(objections.prefix(5).joined(separator: "; "))"
    }
}

/// There is not enough memory now.
struct NoMemory: Error, CustomStringConvertible {
    var description: String { "there is no memory to pack the workspace" }
}
