/// How a pod is written for the plugin under test: all that the suite knows of its backend.
///
/// As a file it is JSON, and every member may be left out:
/// ```json
/// { "image": "/images/busybox.sif", "annotations": { "slurm-job.vk.io/flags": "-p short" }, "limits": { "cpu": "1" } }
/// ```
public struct ConformanceTarget: Codable, Hashable, Sendable {
    /// The image of every container. It needs a POSIX shell and the tools of busybox.
    public var image = "docker.io/library/busybox:latest"
    /// The command that takes a script as its next argument.
    public var shell = ["/bin/sh", "-c"]
    /// The namespace of the pods.
    public var namespace = "interlink-conformance"
    /// The name of the virtual node.
    public var node = "interlink-conformance"
    /// Annotations of every pod, for what the site or the plugin needs.
    public var annotations: [String: String] = [:]
    /// Limits and requests of every container, by resource: `cpu`, `memory`.
    public var limits: [String: String] = [:]

    /// The defaults.
    public init() {}

    /// Reads what is there, and leaves the rest at its default.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        image = try members.decodeIfPresent(String.self, forKey: .image) ?? image
        shell = try members.decodeIfPresent([String].self, forKey: .shell) ?? shell
        namespace = try members.decodeIfPresent(String.self, forKey: .namespace) ?? namespace
        node = try members.decodeIfPresent(String.self, forKey: .node) ?? node
        annotations = try members.decodeIfPresent([String: String].self, forKey: .annotations) ?? annotations
        limits = try members.decodeIfPresent([String: String].self, forKey: .limits) ?? limits
    }
}
