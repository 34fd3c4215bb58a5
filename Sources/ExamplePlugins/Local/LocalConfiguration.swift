public import InterLinkPluginKit

/// How this machine is used.
public struct LocalConfiguration: ConfigurationSection {
    /// Where the queue is kept: a local disk, one folder a plugin.
    package var folder = "/var/lib/interlink/local"
    /// The most jobs at a time. Absent: as many as there are processors.
    package var running: Int?
    /// Processors for all jobs together. Absent: all of them.
    package var cpus: Int?
    /// Memory for all jobs together. Absent: all of it.
    package var memory: ByteSize?
    /// GPUs for all jobs together. Absent: as many as there are NVIDIA devices.
    package var gpus: Int?
    /// The name by which Kubernetes counts them.
    package var gpuResource = "nvidia.com/gpu"
    /// The `PATH` of jobs.
    package var searchPath = "/usr/local/bin:/usr/bin:/bin"
    /// More variables for jobs, seen by the container runtime and not by containers.
    package var environment: [String: String] = [:]
    /// The cgroup (version 2) below which each job gets its own: `auto`, `off`, or a path.
    package var cgroup = "auto"

    /// All of the machine.
    public init() {}

    /// What is out of range.
    public func validate() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        for (key, value) in [("running", running), ("cpus", cpus)] {
            if let value, value < 1 {
                problems.append(ConfigurationProblem(key, "is below 1", advice: "write at least 1, or remove the line"))
            }
        }
        if let gpus, gpus < 0 {
            problems.append(ConfigurationProblem("gpus", "is negative", advice: "write 0 or more"))
        }
        if let memory, memory < .mebibytes(1) {
            problems.append(ConfigurationProblem("memory", "is too small for a job", advice: "write at least 1MiB"))
        }
        if !folder.hasPrefix("/") {
            problems.append(ConfigurationProblem("folder", "is not an absolute path", advice: "begin it with /"))
        }
        if cgroup != "auto", cgroup != "off", !cgroup.hasPrefix("/sys/fs/cgroup/") {
            problems.append(
                ConfigurationProblem("cgroup", "is not a cgroup", advice: "write auto, off or a path in /sys/fs/cgroup")
            )
        }
        return problems
    }
}
