/// What an asker was told of a pod in the life of this process, for askers that do not say what they hold.
///
/// A Virtual Kubelet sends its own copy of the pod with every question, which is always right: it knows of answers that
/// got lost and of its own restarts. Simpler clients send no status, and must not see a container go backwards either.
package struct ReportMarks: Hashable, Sendable {
    /// Reports in which the init containers were all waiting, because the asker did not know them.
    package var firstReports = 0
    /// The containers, by their place in the pod, that were told to be running.
    private var ran: UInt64 = 0

    package init() {}

    func hasRun(at place: Int) -> Bool { place < 64 && ran & (1 << UInt64(place)) != 0 }

    mutating func runs(at place: Int) { if place < 64 { ran |= 1 << UInt64(place) } }

    /// A Virtual Kubelet shows what it was told in its next question, unless that answer got lost. One that still shows
    /// nothing after a few only copies its question, and gets the truth: all that can go wrong then is one exit code.
    func hasReported(toKubelet isKubelet: Bool) -> Bool { firstReports >= (isKubelet ? 3 : 1) }
}
