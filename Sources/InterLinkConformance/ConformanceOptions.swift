public import InterLinkHTTPClient

/// What the suite has to know of a plugin, and how long it may wait for it.
public struct ConformanceOptions: Sendable {
    /// What the plugin can do beyond what every plugin must.
    public var capabilities: Set<Capability> = []
    /// How pods are written for the plugin.
    public var target = ConformanceTarget()
    /// How long things may take.
    public var allowances = Allowances()
    /// How many checks run at the same time. Some have several pods.
    public var parallelism = 8
    /// If it is not empty: the ids of the checks to run, with `*` for any text.
    public var only: [String] = []
    /// The ids of the checks to leave out, with `*` for any text.
    public var skip: [String] = []
    /// Starts the plugin again, and returns when that is done; whether it serves again is seen by pings. Without it the
    /// capability `restart` cannot be tested.
    public var restart: (@Sendable () async throws -> Void)?
    /// The token or password that the plugin asks for, certificates, and so on.
    public var client = HTTPClient.Configuration()

    /// The defaults: what every plugin must be able to do, with images and a shell as everywhere.
    public init() {}

    /// What is tested: what every plugin must, and what is declared.
    public var tested: Set<Capability> { capabilities.union(Capability.allCases.filter(\.isRequired)) }

    /// How long things may take. They are limits of patience: reaching one is told as "did not happen within …".
    public struct Allowances: Codable, Hashable, Sendable {
        /// From a create to the first running container: the latency of the scheduler, and of pulling the image.
        public var start: Double = 60
        /// From the end of a container, or any other change, until it is told.
        public var change: Double = 60
        /// From a delete, after the grace, until the pod is gone.
        public var stop: Double = 60
        /// From a restart of the plugin until it answers pings again.
        public var restart: Double = 60
        /// For how long nothing must happen before it is believed that it does not happen.
        public var quiet: Double = 4
        /// Between two questions for the status of one pod. A Virtual Kubelet has about five seconds.
        public var poll: Double = 0.25

        /// The defaults, in seconds, suit a plugin that starts pods at once.
        public init() {}
    }
}
