/// What a job asks its scheduler for. Nil leaves it to the scheduler.
public struct JobResources: Equatable, Sendable {
    /// Whole processors of each task, rounded up.
    public var cpus: Int?
    /// Bytes of memory in all.
    public var memory: Int64?
    /// GPUs in all.
    public var gpus: Int?
    /// Bytes of local disk.
    public var disk: Int64?
    /// Machines.
    public var nodes = 1
    /// Tasks on all of them together.
    public var tasks = 1
    /// How long it may run: the pod's deadline, its grace and a margin.
    public var timeLimit: Duration?
    /// The flavor that was chosen: a named set of defaults, by which a scheduler may keep settings of its own.
    public var flavor: String?
    /// Words for the scheduler that the site's configuration has for the flavor, like `--constraint=a100`.
    public var options: [String] = []

    /// Everything left to the scheduler.
    public init() {}
}
