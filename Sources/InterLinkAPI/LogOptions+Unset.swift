public import KubernetesModel

extension LogOptions {
    /// How many of the last lines are wanted; nil: all. Zero means all too: `kubectl logs --tail=0` arrives like that.
    public var tailLines: Int64? { LogOptions.set(tail) }

    /// How many bytes are wanted; nil: all.
    public var byteLimit: Int64? { LogOptions.set(bytes) }

    /// How many seconds back the log is wanted; nil: all of it.
    public var secondsBack: Int64? { LogOptions.set(sinceSeconds) }

    /// Since when the log is wanted; nil: from its start.
    public var since: Timestamp? { sinceTime.flatMap { $0.isZero ? nil : $0 } }

    /// Whether times, a live log or an earlier run are wanted; absent means no.
    public var wantsTimestamps: Bool { timestamps ?? false }
    /// Whether what is written later is wanted too.
    public var wantsFollow: Bool { follow ?? false }
    /// Whether the log of the container's earlier run is wanted.
    public var wantsPrevious: Bool { previous ?? false }

    /// The wire has no null for these numbers: zero, and what is below it, means unset.
    private static func set(_ value: Int64?) -> Int64? { value.flatMap { $0 > 0 ? $0 : nil } }
}
