public import InterLinkPluginKit

/// A job of a ``ScriptedBackend``.
public struct ScriptedJob: Equatable, Sendable {
    /// The id that the backend gave it.
    public let id: String
    /// What it carries.
    public let mark: String
    /// The names of the pod's containers.
    public let containers: [String]
    /// From when on the backend knows of it.
    public let visibleFrom: Moment
    /// From when on it runs.
    public let runsFrom: Moment
    /// When it ends by itself.
    public let endsAt: Moment
    /// The exit code of its containers.
    public let exitCode: Int32
    /// When it was asked to stop, if it was.
    public internal(set) var stoppedAt: Moment?
    /// How often its remains were removed.
    public internal(set) var removals = 0
    /// The backend has lost all trace of it.
    public internal(set) var isForgotten = false

    /// When it was stopped. A backend that does not know of a job yet cannot stop it.
    public var effectiveStop: Moment? { stoppedAt.flatMap { $0 >= visibleFrom ? $0 : nil } }

    /// How long it has run.
    public func ran(until now: Moment) -> Duration {
        max(.zero, min(now, end) - runsFrom)
    }

    /// When it has ended, or will.
    public var end: Moment { min(endsAt, effectiveStop ?? endsAt) }

    /// It is in the queue or runs.
    public func isLive(at now: Moment) -> Bool { isListed(at: now, keeping: .zero) }

    /// A list shows it, where ended jobs stay for that long.
    func isListed(at now: Moment, keeping retention: Duration) -> Bool {
        now >= visibleFrom && now < end + retention && !isForgotten
    }
}
