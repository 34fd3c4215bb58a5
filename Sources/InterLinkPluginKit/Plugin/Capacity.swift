public import KubernetesModel

/// How much room a backend has in all, used or not. What is nil is not known, and is left as it is on the node.
public struct Capacity: Equatable, Sendable {
    /// Processors.
    public var cpu: Quantity?
    /// Memory in bytes.
    public var memory: Quantity?
    /// The most pods at a time.
    public var pods: Int?
    /// Other things that are counted, by their Kubernetes names: `nvidia.com/gpu`.
    public var accelerators: [String: Int]

    /// A capacity; what is left out is not known.
    public init(cpu: Quantity? = nil, memory: Quantity? = nil, pods: Int? = nil, accelerators: [String: Int] = [:]) {
        self.cpu = cpu
        self.memory = memory
        self.pods = pods
        self.accelerators = accelerators
    }
}
