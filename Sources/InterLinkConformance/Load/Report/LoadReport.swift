public import InterLinkHTTPClient
public import KubernetesModel

/// What a load has shown.
public struct LoadReport: Sendable {
    /// What the load was made of.
    public let options: LoadOptions
    /// When it began.
    public let began: Timestamp
    /// How long it took, deletes included.
    public let took: Duration
    /// It was cut short.
    public let wasInterrupted: Bool
    /// What each plugin has shown, in the order in which they were named.
    public let plugins: [Plugin]

    /// Nothing failed, nothing was untrue, and nothing is left.
    public var isClean: Bool {
        plugins.allSatisfy { plugin in
            plugin.leftBehind.isEmpty && plugin.untruths.isEmpty && plugin.calls.allSatisfy { $0.failures == 0 }
        }
    }

    /// What one plugin has shown.
    public struct Plugin: Sendable {
        /// Where it listens.
        public let endpoint: InterLinkEndpoint
        /// Pods whose create was answered with 200.
        public let created: Int
        /// Pods that were told to have ended by themselves.
        public let ended: Int
        /// Every kind of call that was made.
        public let calls: [Call]
        /// Status answers that were looked at.
        public let judged: Int
        /// What was told and is not so; empty is good.
        public let untruths: [UntruthCount]
        /// How late the truth was told.
        public let staleness: [Delay]
        /// The process of the plugin, if it is one of this machine.
        public let process: Process?
        /// Pods that could not be deleted, by name and UID.
        public let leftBehind: [String]
    }

    /// How one kind of call went.
    public struct Call: Sendable {
        /// Which kind.
        public let call: LoadCall
        /// Calls that were answered as interLink wants.
        public let answered: Int
        /// Calls that were not.
        public let failures: Int
        /// How long the answered ones took.
        public let times: Times?
        /// What failed, the most frequent first.
        public let errors: [ErrorCount]
        /// How it went over time.
        public let course: [CoursePoint]
    }

    /// Times, by the share of calls that took no longer. They are exact to a hundredth.
    public struct Times: Hashable, Sendable {
        /// Half of them took no longer.
        public let p50: Duration
        /// Nine of ten.
        public let p90: Duration
        /// Ninety-nine of a hundred.
        public let p99: Duration
        /// The longest.
        public let maximum: Duration
        /// The mean.
        public let mean: Duration
        /// For a plot: ascending shares of the calls, and the times that they did not exceed.
        public let curve: [Point]

        /// A share of calls, from 0 to 1, and the time that it did not exceed.
        public struct Point: Hashable, Sendable {
            /// From 0 to 1.
            public let share: Double
            /// The time that this share did not exceed.
            public let time: Duration
        }
    }

    /// A kind of error and how often it was met.
    public struct ErrorCount: Hashable, Sendable {
        /// In a word or two.
        public let kind: String
        /// How often.
        public let count: Int
        /// The first of them, in full.
        public let example: String
    }

    /// A kind of untruth and how often it was met.
    public struct UntruthCount: Hashable, Sendable {
        /// Which kind.
        public let kind: Untruth.Kind
        /// How often.
        public let count: Int
        /// The first of them.
        public let examples: [String]
    }

    /// A span of the load.
    public struct CoursePoint: Hashable, Sendable {
        /// When the span began.
        public let at: Duration
        /// Calls that were answered, a second.
        public let rate: Double
        /// Half of them took no longer; nil if there was none.
        public let p50: Duration?
        /// Ninety-nine of a hundred took no longer.
        public let p99: Duration?
        /// Calls that failed.
        public let errors: Int
    }

    /// How late something was told, over all pods where it can be known.
    public struct Delay: Sendable {
        /// From which event to which.
        public enum Kind: String, Sendable, CaseIterable {
            /// From the first line of a container to the first answer that it runs.
            case start = "start told after"
            /// From its last line to the first answer that it has ended.
            case end = "end told after"
            /// How long after its last line an answer still told otherwise.
            case heldBack = "end denied for"
            /// From a line of a followed log to its arrival.
            case line = "followed line after"
        }

        /// From which event to which.
        public let kind: Kind
        /// Of how many containers or lines.
        public let count: Int
        /// How late.
        public let times: Times
        /// The containers' clock tells whole seconds only: true times may be up to a second shorter.
        public let isCoarse: Bool
    }

    /// What the process of a plugin has used.
    public struct Process: Sendable {
        /// Its number.
        public let id: Int32
        /// Bytes in memory at the start, at the end, and at most.
        public let memoryAtStart: Int
        /// At the end.
        public let memoryAtEnd: Int
        /// At most.
        public let memoryAtMost: Int
        /// Processor time in all, with that of children that have ended.
        public let processorTime: Duration
        /// Memory and share of a processor over time.
        public let course: [UsePoint]
        /// It ended before the load did.
        public let hasEnded: Bool

        /// A span of the load.
        public struct UsePoint: Hashable, Sendable {
            /// When the span began.
            public let at: Duration
            /// Bytes at most.
            public let memory: Int
            /// Processors that were busy with it.
            public let processors: Double
        }
    }
}
