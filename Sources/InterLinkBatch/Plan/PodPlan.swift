package import InterLinkPluginKit

/// A pod, worked out: all that a job script does for it, with nothing left to look up.
///
/// Made from the request and the configuration alone. What cannot be honoured was refused before there is a plan.
package struct PodPlan: Equatable, Sendable {
    /// Who the pod is.
    package var pod: PodDigest
    /// What the job carries.
    package var mark: JobMark
    /// The name that containers see as their host's, where the runtime can.
    package var hostname: String
    /// Lines for `/etc/hosts`, where the runtime can.
    package var hostAliases: [HostAliasPlan] = []
    /// Seconds from the start on the node after which the pod has failed.
    package var activeDeadline: Int?
    /// Init containers and sidecars in order, then containers in order: as in ``PodDigest/containers``.
    package var containers: [ContainerPlan]
    /// What is written into the workspace before the job is submitted.
    package var files: [WorkspaceFile] = []
    /// Folders of the workspace that are made before the job is submitted, with or without a file below them: a volume
    /// without contents is still a folder.
    package var folders: [String] = []
    /// Folders of the workspace that the script makes or empties on the node: emptyDir.
    package var scratch: [ScratchPlan] = []
    /// Paths of the node that have to be there, or are made: hostPath.
    package var hostPaths: [HostPathPlan] = []
    /// What runs before the containers, in their network: tunnels, meshes.
    package var network = NetworkPlan()
    /// What the job asks the scheduler for.
    package var resources = JobResources()
    /// A script that interLink sent: it is run instead of the containers.
    package var jobScript: String?
    /// What the pod asked for and gets in another form, for its message and the log.
    package var remarks: [String] = []

    package init(pod: PodDigest, mark: JobMark, hostname: String, containers: [ContainerPlan]) {
        self.pod = pod
        self.mark = mark
        self.hostname = hostname
        self.containers = containers
    }
}

/// An address with the names that it is known by.
package struct HostAliasPlan: Equatable, Sendable {
    package var address: String
    package var names: [String]

    package init(address: String, names: [String]) {
        self.address = address
        self.names = names
    }
}

/// What interLink's network needs on the node.
package struct NetworkPlan: Equatable, Sendable {
    /// The text of `interlink.eu/wstunnel-client-commands`: run by bash in the background of the pod, ended with it.
    package var tunnelCommands: String?
    /// The mesh script, cut out of its heredoc: the supervisor runs under it.
    package var meshScript: String?
    /// The user's own `slurm-job.vk.io/pre-exec`, without the mesh script.
    package var preExec: String?
    /// `interlink.eu/pod-ip`, seen by containers and probes as `POD_IP`.
    package var podAddress: String?

    package init() {}
}
