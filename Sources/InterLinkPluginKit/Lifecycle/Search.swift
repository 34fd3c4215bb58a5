/// The search for a job that may or may not have been submitted.
///
/// Found is found, at once. *Not submitted* takes two successful lists, a settle time apart, both begun after the
/// submitting call has ended: the first of them also shows that the backend answers again. Then the backend's memory is
/// asked, since a job that has run to its end is in no list.
package struct Search: Hashable, Sendable {
    /// Lists that began earlier prove nothing by being empty. Nil while the call that may still submit is running.
    package var countsFrom: Moment?
    /// From when on there may have been a job.
    package let since: Moment
    package var firstEmpty: Moment?
    /// When the first list began with which the lists agreed that there is none.
    package var agreedAt: Moment?
    /// Why it is not known.
    package let why: String

    package init(countsFrom: Moment?, since: Moment, why: String) {
        self.countsFrom = countsFrom
        self.since = since
        self.why = why
    }

    /// Hears that a list did not show the job.
    package mutating func missed(in listStart: Moment, settle: Duration) {
        guard let countsFrom, listStart > countsFrom, agreedAt == nil else { return }
        guard let firstEmpty else {
            self.firstEmpty = listStart
            return
        }
        if listStart - firstEmpty >= settle { agreedAt = listStart }
    }

    /// Hears that the backend, asked at `start`, remembers no such job, or nothing at all.
    package func conclusion(hasMemory: Bool, asked start: Moment, unseenTime: Duration) -> Conclusion {
        guard let agreedAt, let firstEmpty, start >= agreedAt else { return .open }
        if hasMemory { return .notSubmitted }
        // Nobody looked until the first list. A job that came and went meanwhile leaves no trace that could be found,
        // so after more than a short while it may be told neither that there was one nor that there was none.
        return firstEmpty - since <= unseenTime ? .notSubmitted : .cannotBeKnown
    }

    /// What the search came to.
    package enum Conclusion: Hashable, Sendable {
        case open
        case notSubmitted
        /// It may have run to its end unseen: to submit it again might run it twice.
        case cannotBeKnown
    }
}
