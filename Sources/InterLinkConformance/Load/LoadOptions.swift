public import InterLinkHTTPClient

/// What a load is made of: how many pods on how many virtual nodes, how fast they come, and how long they are watched.
public struct LoadOptions: Sendable {
    /// How long the nodes look after their pods.
    public enum Length: Hashable, Sendable, CustomStringConvertible {
        /// So many rounds of each node after the last create was answered.
        case rounds(Int)
        /// That long after the first create.
        case duration(Duration)

        /// In words.
        public var description: String {
            switch self {
            case .rounds(let count): "\(count) rounds"
            case .duration(let duration): "\(DurationWords(duration))"
            }
        }
    }

    /// Pods, on each plugin.
    public var pods = 100
    /// Virtual nodes: each asks for its pods one after the other, and all nodes do so at once.
    public var nodes = 1
    /// Creates a second, of all nodes together; deletes too.
    public var rate = 10.0
    /// How long the nodes look after their pods.
    public var length = Length.rounds(5)
    /// How many logs are followed.
    public var followed = 0
    /// How pods are written for the plugin. The image needs a shell, `date` and `sleep`.
    public var target = LoadOptions.writing
    /// How long pods run that end by themselves.
    public var runTime = Duration.seconds(10)
    /// How long a node rests between two rounds: 5 s in the Virtual Kubelet.
    public var pause = Duration.seconds(5)
    /// How long a node waits between two pings: 30 s in the Virtual Kubelet.
    public var pingPause = Duration.seconds(30)
    /// How long a call may take until its answer begins: 120 s in the API server.
    public var patience = Duration.seconds(120)

    /// The token or password that the plugins ask for, certificates, and so on.
    public var client = HTTPClient.Configuration()

    private static var writing: ConformanceTarget {
        var target = ConformanceTarget()
        target.namespace = "interlink-bench"
        target.node = "interlink-bench"
        return target
    }

    /// A hundred pods of one node, looked after for five rounds.
    public init() {}

    /// What makes no sense, in a sentence; nil if all of it does.
    var problem: String? {
        if pods < 1 { return "a load needs at least one pod" }
        if nodes < 1 || nodes > pods { return "there must be between one node and as many nodes as pods" }
        if !(rate > 0 && rate.isFinite) { return "the rate must be above zero" }
        if followed < 0 || followed > pods { return "no more logs can be followed than there are pods" }
        if target.image.isEmpty { return "the containers need an image" }
        if target.shell.isEmpty { return "the containers need a shell" }
        if runTime < .seconds(1) { return "pods must run for a second at least" }
        if pause < .zero || pingPause <= .zero || patience <= .zero { return "times must not be negative" }
        switch length {
        case .rounds(let count) where count < 1: return "the nodes must make at least one round"
        case .duration(let duration) where duration <= .zero: return "the duration must be above zero"
        default: return nil
        }
    }
}
