public import InterLinkPluginKit

/// What of interLink's network runs on compute nodes.
///
/// Tunnel, mesh and pre-exec are shell text in annotations of the pod. A Virtual Kubelet writes it, and so can whoever may
/// create pods: it runs as the job's user, outside of all containers, and no rule for images or paths holds for it. So
/// each is off until the site says that it trusts those who create pods.
public struct NetworkConfiguration: ConfigurationSection, Hashable {
    /// Whether `interlink.eu/wstunnel-client-commands` is run: ports of the pod are reached from the cluster.
    public var tunnel = false
    /// Whether the mesh script is run, which comes at the beginning of `slurm-job.vk.io/pre-exec`.
    public var mesh = false
    /// Whether a pod's own `slurm-job.vk.io/pre-exec` is run.
    public var preExec = false
    /// Whether pods with what is off run without it, and are told. If not, they are refused.
    public var ignoreForbidden = false

    /// No shell text from annotations.
    public init() {}
}
