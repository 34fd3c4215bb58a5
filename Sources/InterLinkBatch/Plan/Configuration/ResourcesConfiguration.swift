public import InterLinkPluginKit
public import KubernetesModel

/// What jobs ask their scheduler for. Amounts go by the names of Kubernetes: `cpu`, `memory`, `ephemeral-storage`,
/// `nvidia.com/gpu`.
///
/// ```yaml
/// resources:
///   defaults: { cpu: 1, memory: 2Gi }
///   maximum: { cpu: 64, memory: 256Gi, nvidia.com/gpu: 4 }
///   timeLimit: 24h
///   flavors:
///     - { name: a100, forGPUs: true, defaults: { cpu: 16, memory: 120Gi }, options: [--constraint=a100] }
/// ```
public struct ResourcesConfiguration: ConfigurationSection, Hashable {
    /// What a pod gets that does not say. Without one it is left to the scheduler.
    public var defaults: [String: Quantity] = [:]
    /// The least that a job asks for, whatever the pod says.
    public var minimum: [String: Quantity] = [:]
    /// The most that a pod may ask for; beyond it is refused.
    public var maximum: [String: Quantity] = [:]
    /// Names of NVIDIA's GPUs.
    public var nvidiaGPUs = ["nvidia.com/gpu"]
    /// Names of AMD's GPUs.
    public var amdGPUs = ["amd.com/gpu"]
    /// Other resources that pods may ask for and the scheduler is not told of, as patterns. All others are refused.
    public var ignored: [String] = []
    /// How long a job may run whose pod has no deadline. Without one it is left to the scheduler.
    public var timeLimit: Duration?
    /// The longest time that a job may ask for; a later deadline is told, and cut.
    public var longestTime: Duration?
    /// What a job may take beyond the pod's deadline and grace, to begin and to clean up.
    public var timeMargin: Duration = .seconds(120)
    /// The most machines that a pod may ask for, by the annotation `interlink.eu/job-nodes`.
    public var nodes = 1
    /// The most tasks that a pod may ask for, by the annotation `interlink.eu/job-tasks`.
    public var tasks = 1
    /// Whether each process may have only as much address space as its container has memory. Such a process is told that
    /// there is no more, where others are killed.
    public var limitAddressSpace = false
    /// Named sets of defaults.
    public var flavors: [FlavorConfiguration] = []
    /// The flavor of pods to which no other one fits.
    public var defaultFlavor: String?
    /// The annotation by which a pod names its flavor.
    public var flavorAnnotation = "slurm-job.vk.io/flavor"

    /// What pods ask for, and nothing where they do not.
    public init() {}

    /// Amounts and times that could never be met.
    public func validate() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        for (key, amounts) in [("defaults", defaults), ("minimum", minimum), ("maximum", maximum)] {
            for (name, amount) in amounts.sorted(by: { $0.key < $1.key }) where amount < .zero {
                problems.append(.init("\(key).\(name)", "is below zero", advice: "write an amount like 4 or 16Gi"))
            }
        }
        for (key, others) in [("defaults", defaults), ("minimum", minimum)] {
            for (name, amount) in others.sorted(by: { $0.key < $1.key }) {
                guard let most = maximum[name], most < amount else { continue }
                problems.append(
                    .init("\(key).\(name)", "is more than maximum.\(name)", advice: "write at most \(most)"))
            }
        }
        for (key, count) in [("nodes", nodes), ("tasks", tasks)] where count < 1 {
            problems.append(.init(key, "is below 1", advice: "write 1 for jobs of one \(key.dropLast())"))
        }
        if timeMargin < .zero {
            problems.append(.init("timeMargin", "is below zero", advice: "write 0s to have none"))
        }
        let names = flavors.map(\.name)
        for (index, name) in names.enumerated() where names.firstIndex(of: name) != index {
            problems.append(.init("flavors[\(index)].name", "is there twice", advice: "use another name"))
        }
        if let defaultFlavor, !names.contains(defaultFlavor) {
            problems.append(
                .init(
                    "defaultFlavor", "is \(shown(defaultFlavor)), which is no flavor",
                    advice: names.isEmpty ? "add it to flavors" : "use one of \(names.joined(separator: ", "))"))
        }
        return problems
    }
}

/// A named set of defaults, chosen by an annotation, or because the pod asks for GPUs.
public struct FlavorConfiguration: ConfigurationSection, Hashable {
    /// The name that pods use.
    @Required public var name: String
    /// What it is for, for people.
    public var description = ""
    /// Whether it is for pods that ask for GPUs. Of several the one counts whose defaults have as many as the pod.
    public var forGPUs = false
    /// What a pod gets that does not say; before the site's own defaults.
    public var defaults: [String: Quantity] = [:]
    /// How long a job may run whose pod has no deadline.
    public var timeLimit: Duration?
    /// Words for the scheduler, like `--constraint=a100`.
    public var options: [String] = []

    /// A flavor to be filled in.
    public init() {}

    /// Two flavors are equal when all that they say is.
    public static func == (left: FlavorConfiguration, right: FlavorConfiguration) -> Bool {
        left.name == right.name && left.description == right.description && left.forGPUs == right.forGPUs
            && left.defaults == right.defaults && left.timeLimit == right.timeLimit && left.options == right.options
    }

    /// By the name, which is one's own.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// A name that no annotation could give.
    public func validate() -> [ConfigurationProblem] {
        name.isEmpty ? [.init("name", "is empty", advice: "write a word like a100")] : []
    }
}
