/// A second job of a pod of ours, which should not be. It is stopped for as long as it is seen.
///
/// What it leaves behind is not removed, since that may be in the same place as what the pod's own job uses.
package struct UnwantedJob: Hashable, Sendable {
    package let job: TrackedJob
    package var stops = 0
    package var nextStop: Moment
    package var lastSeen: Moment
    package var misses = 0
    /// A call about it is open.
    package var isAttended = false

    package init(job: TrackedJob, seenAt start: Moment) {
        self.job = job
        nextStop = start
        lastSeen = start
    }

    package enum Step: Hashable, Sendable {
        case stop
        /// It is gone.
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
        nextStop = now + (succeeded ? job.pod.grace + settings.stopMargin : settings.retry(after: stops))
    }

    package func step(at now: Moment) -> Step {
        if misses >= 2 && stops > 0 { return .drop }
        if misses > 0 && stops > 0 { return .wait(until: nil) }
        return nextStop <= now ? .stop : .wait(until: nextStop)
    }
}
