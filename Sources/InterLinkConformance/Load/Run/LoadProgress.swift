public import InterLinkHTTPClient

/// How far a load has come.
public struct LoadProgress: Sendable {
    /// Its parts.
    public enum Phase: String, Sendable {
        /// Creates are sent, and nodes make their rounds.
        case running
        /// What was created is deleted.
        case deleting
    }

    /// One of the plugins.
    public struct Plugin: Sendable {
        /// Where it listens.
        public let endpoint: InterLinkEndpoint
        /// Pods whose create was answered.
        public let created: Int
        /// Pods that were told to have ended.
        public let ended: Int
        /// Pods that have still to be deleted.
        public let left: Int
        /// Statuses that were answered.
        public let statuses: Int
        /// Calls that failed.
        public let failures: Int
        /// Untruths.
        public let untruths: Int
    }

    /// Since the start.
    public let elapsed: Duration
    /// What is going on.
    public let phase: Phase
    /// The plugins, in the order in which they were named.
    public let plugins: [Plugin]
}
