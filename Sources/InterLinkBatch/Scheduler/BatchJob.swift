public import InterLinkAPI
public import InterLinkPluginKit

/// A job that is to be submitted: one for each pod.
public struct BatchJob: Sendable {
    /// Who the pod is.
    public let pod: PodDigest
    /// The name of the job, or an attribute of it, from the moment that the scheduler knows of it.
    public let mark: JobMark
    /// Where it runs, and as whom.
    public let placement: Placement
    /// All that interLink sent, for annotations and the like.
    public let request: CreateRequest
    /// What it asks for.
    public let resources: JobResources
    /// The workspace, an absolute path. Where no filesystem is shared, a folder of this machine that holds the script and
    /// the archive as `workspace.tar.gz`.
    public let workspace: String
    /// The script to run, an executable file in the workspace. Its standard output is for trouble only.
    public let scriptPath: String
    /// The same script as text, for schedulers that take text. Where no filesystem is shared, it unpacks the archive from
    /// the folder that it is started in, into the folder `interlink-workspace`, to which ``JobFiles`` refer.
    public let script: String
    /// The files of the workspace as one tar.gz; nil on a shared filesystem.
    public let archive: [UInt8]?
    /// The script with the archive in it, for schedulers that transfer no files.
    public var scriptWithArchive: String {
        guard let archive else { return script }
        return WorkspaceArchive.script(unpackingInto: WorkspaceArchive.folder, embedding: archive)
    }
    /// How long the pod may take to end after SIGTERM, margin included: the scheduler kills after that.
    public let killAfter: Duration

    package init(
        pod: PodDigest, mark: JobMark, placement: Placement, request: CreateRequest, resources: JobResources,
        workspace: String, scriptPath: String, script: String, archive: [UInt8]?, killAfter: Duration
    ) {
        self.pod = pod
        self.mark = mark
        self.placement = placement
        self.request = request
        self.resources = resources
        self.workspace = workspace
        self.scriptPath = scriptPath
        self.script = script
        self.archive = archive
        self.killAfter = killAfter
    }
}
