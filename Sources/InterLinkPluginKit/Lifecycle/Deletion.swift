/// The ending of a pod: stop, see the end, remove.
package struct Deletion: Hashable, Sendable {
    /// Who wants it to end.
    package enum Cause: Hashable, Sendable {
        /// InterLink deleted it.
        case deleted
        /// Nobody named it after a restart, or its create could not be answered.
        case unclaimed
        /// It has finished, and nobody has asked for it for a long time.
        case expired
    }

    package var cause: Cause
    package let at: Moment
    package let grace: Duration
    package var stops = 0
    package var nextStop: Moment
    package var removals = 0
    package var nextRemoval: Moment?

    package init(cause: Cause, at: Moment, grace: Duration) {
        self.cause = cause
        self.at = at
        self.grace = grace
        nextStop = at
    }

    /// The order was taken: it is given again when the job is still there long after its grace.
    package mutating func stopped(at now: Moment, settings: LifecycleSettings) {
        stops += 1
        nextStop = now + grace + settings.stopMargin * (1 << min(stops - 1, 6))
    }

    package mutating func stopFailed(at now: Moment, settings: LifecycleSettings) {
        stops += 1
        nextStop = now + settings.retry(after: stops)
    }

    package mutating func removalFailed(at now: Moment, settings: LifecycleSettings) {
        removals += 1
        nextRemoval = now + settings.retry(after: removals)
    }
}
