/// Which part of a log is wanted, as `kubectl logs` asks. Whatever is `nil` or `false` was not asked for.
///
/// Applied in this order: lines since, then the last lines of those, then a timestamp before each, then the first bytes
/// of all that.
public struct LogQuery: Sendable, Hashable {
    /// From when on lines are wanted.
    public enum Since: Sendable, Hashable {
        /// So many seconds ago.
        case secondsAgo(Int64)
        /// A time in seconds since 1970.
        case time(Int64)
    }

    /// Only so many last lines.
    public var tail: Int?
    /// Only lines from then on.
    public var since: Since?
    /// Only so many first bytes of what the other options leave.
    public var limitBytes: Int64?
    /// Whether each line begins with its time.
    public var timestamps: Bool
    /// Whether to go on with what is printed later, until the container ends.
    public var follow: Bool
    /// Whether the run before this one is meant.
    public var previous: Bool

    /// A query; without arguments, for the whole log as it is now.
    public init(
        tail: Int? = nil, since: Since? = nil, limitBytes: Int64? = nil, timestamps: Bool = false, follow: Bool = false,
        previous: Bool = false
    ) {
        self.tail = tail
        self.since = since
        self.limitBytes = limitBytes
        self.timestamps = timestamps
        self.follow = follow
        self.previous = previous
    }
}
