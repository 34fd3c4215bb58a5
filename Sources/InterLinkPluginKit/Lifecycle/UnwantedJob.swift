/// A job of a UID of ours that should not be: one that came after its pod was deleted or given up, or a second one.
package struct UnwantedJob: Hashable, Sendable {
    package let job: TrackedJob
    /// Nothing else uses what it leaves behind, so that is removed too. Not for the double of a living pod.
    package let isRemovable: Bool
    package var stops = 0
    package var nextStop: Moment
    /// A call about it is open.
    package var isAttended = false
    package var lastSeen: Moment
    package var misses = 0
    package var removals = 0
    package var nextRemoval: Moment?

    package init(job: TrackedJob, isRemovable: Bool, seenAt start: Moment) {
        self.job = job
        self.isRemovable = isRemovable
        nextStop = start
        lastSeen = start
    }

    package enum Step: Hashable, Sendable {
        case stop
        case remove
        case drop
        case wait(until: Moment?)
    }

    package mutating func seen(at start: Moment) {
        lastSeen = max(lastSeen, start)
        misses = 0
    }

    package mutating func missed(in start: Moment) {
        if start > lastSeen { misses += 1 }
    }

    package mutating func stopped(at now: Moment, settings: LifecycleSettings, succeeded: Bool) {
        stops += 1
        nextStop =
            now + (succeeded ? job.pod.grace + settings.stopMargin : settings.retry(after: stops))
    }

    package mutating func removalFailed(at now: Moment, settings: LifecycleSettings) {
        removals += 1
        nextRemoval = now + settings.retry(after: removals)
    }

    package func step(at now: Moment) -> Step {
        if misses >= 2 {
            guard isRemovable else { return .drop }
            guard let nextRemoval, nextRemoval > now else { return .remove }
            return .wait(until: nextRemoval)
        }
        if misses > 0 { return .wait(until: nil) }
        return nextStop <= now ? .stop : .wait(until: nextStop)
    }
}
