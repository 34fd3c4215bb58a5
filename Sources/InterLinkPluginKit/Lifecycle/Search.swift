/// The search for a job that may or may not have been submitted.
///
/// Found is found, at once. *Not submitted* takes two successful lists, a settle time apart, both begun after the
/// submitting call has ended: the first of them also shows that the backend answers again.
package struct Search: Hashable, Sendable {
    /// Lists that began earlier prove nothing by being empty. Nil while the call that may still submit is running.
    package var countsFrom: Moment?
    package var firstEmpty: Moment?
    /// Why it is not known.
    package let why: String

    package init(countsFrom: Moment?, why: String) {
        self.countsFrom = countsFrom
        self.why = why
    }

    /// Hears that a list did not show the job; true when that settles it.
    package mutating func missed(in listStart: Moment, settle: Duration) -> Bool {
        guard let countsFrom, listStart > countsFrom else { return false }
        guard let firstEmpty else {
            self.firstEmpty = listStart
            return false
        }
        return listStart - firstEmpty >= settle
    }
}
