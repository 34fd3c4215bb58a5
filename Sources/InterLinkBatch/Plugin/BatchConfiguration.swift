public import InterLinkPluginKit

/// The configuration of a ``BatchPlugin``: what is the same for all schedulers, and the scheduler's own keys under its
/// kind.
///
/// ```yaml
/// workspace: { root: /scratch/interlink/jobs }
/// runtime: { kind: process }
/// slurm: { partition: batch }
/// ```
public struct BatchConfiguration<Scheduler: BatchScheduler>: ConfigurationSection {
    package var workspace = WorkspaceConfiguration()
    package var evidence = EvidenceConfiguration()
    package var runtime = RuntimeConfiguration()
    package var script = ScriptConfiguration()
    package var images = ImagesConfiguration()
    package var volumes = VolumesConfiguration()
    package var resources = ResourcesConfiguration()
    package var containers = ContainersConfiguration()
    package var network = NetworkConfiguration()
    /// The scheduler's own keys.
    public var scheduler = Scheduler.Configuration()

    /// Every default.
    public init() {
        workspace.resultsWait = Scheduler.resultsDelay
    }

    /// Reads the common keys, and the scheduler's own under its kind.
    public init(from decoder: any Decoder) throws {
        self.init()
        let keys = try decoder.container(keyedBy: BatchKey.self)
        workspace = try keys.decode(WorkspaceConfiguration.self, forKey: BatchKey("workspace"))
        evidence = try keys.decode(EvidenceConfiguration.self, forKey: BatchKey("evidence"))
        runtime = try keys.decode(RuntimeConfiguration.self, forKey: BatchKey("runtime"))
        script = try keys.decode(ScriptConfiguration.self, forKey: BatchKey("script"))
        images = try keys.decode(ImagesConfiguration.self, forKey: BatchKey("images"))
        volumes = try keys.decode(VolumesConfiguration.self, forKey: BatchKey("volumes"))
        resources = try keys.decode(ResourcesConfiguration.self, forKey: BatchKey("resources"))
        containers = try keys.decode(ContainersConfiguration.self, forKey: BatchKey("containers"))
        network = try keys.decode(NetworkConfiguration.self, forKey: BatchKey("network"))
        // The last, since its key is no property: what is wrong with it ends the reading.
        scheduler = try keys.decode(Scheduler.Configuration.self, forKey: BatchKey(Scheduler.kind))
    }

    /// What plans are made by.
    package var planSettings: PlanSettings {
        var settings = PlanSettings()
        settings.images = images
        settings.volumes = volumes
        settings.resources = resources
        settings.containers = containers
        settings.network = network
        return settings
    }
}

/// A key that is known only when the scheduler is.
private struct BatchKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}

/// Where workspaces lie, and for how long.
package struct WorkspaceConfiguration: ConfigurationSection {
    /// A folder of the plugin's own, which jobs see at the same path unless the scheduler transfers files.
    package var root = "/var/lib/interlink/jobs"
    /// How long the logs and records of a removed pod are kept under `.kept`, for people. All else of it is erased at once.
    package var retention: Duration = .zero
    /// How long what a job wrote last may take to become visible after its end.
    package var resultsWait: Duration = .seconds(30)
    /// What the scheduler waits, beyond the grace of the pod, before it kills.
    package var killMargin: Duration = .seconds(10)
    /// Threads for files.
    package var threads = 8

    package init() {}

    package func validate() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        if !root.hasPrefix("/") || root.split(separator: "/").contains("..") {
            problems.append(ConfigurationProblem("root", "is not an absolute path", advice: "begin it with /"))
        }
        if root.split(separator: "/").isEmpty {
            problems.append(ConfigurationProblem("root", "is the whole filesystem", advice: "name a folder of its own"))
        }
        for (key, value) in [("retention", retention), ("resultsWait", resultsWait), ("killMargin", killMargin)]
        where value < .zero {
            problems.append(ConfigurationProblem(key, "is negative", advice: "write 0s or more"))
        }
        if threads < 1 { problems.append(ConfigurationProblem("threads", "is below 1", advice: "write at least 1")) }
        return problems
    }
}

/// What is believed when evidence does not agree.
package struct EvidenceConfiguration: ConfigurationSection {
    /// When the scheduler says that memory ran out, and every container that it ended well: `failed` or
    /// `containersDecide`.
    package var outOfMemory = EvidencePolicy.OutOfMemory.failed

    package init() {}
}
