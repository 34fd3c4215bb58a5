/// How long and how surely a job has been missing from the list.
///
/// "I could not ask" is no absence: only lists that succeeded count, and a list only for jobs that were there when it
/// began.
package struct Absence: Equatable, Sendable {
    /// The start of the first list that did not show it, and of the newest.
    package let since: Moment
    package private(set) var latest: Moment
    package private(set) var lists = 1
    /// When the backend last said, asked for this job, that it knows nothing of it.
    package private(set) var agreedAt: Moment?

    package init(firstMissedAt start: Moment) {
        since = start
        latest = start
    }

    package mutating func missedAgain(at start: Moment) {
        guard start > latest else { return }
        latest = start
        lists += 1
    }

    package mutating func agreed(at start: Moment) {
        if start >= since { agreedAt = start }
    }

    /// It answered for the job after all: what was agreed on does not hold.
    package mutating func disagreed() { agreedAt = nil }

    /// Two lists so far apart missed it, and the backend, asked about it, agrees.
    package func proves(after span: Duration) -> Bool {
        lists >= 2 && latest - since >= span && agreedAt != nil
    }
}
