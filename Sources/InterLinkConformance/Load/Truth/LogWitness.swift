/// Judges what a log says by what the container is known to print.
struct LogWitness {
    let pod: LoadPod
    let container: String
    let lines: [PrintedLine]

    init(_ text: String, of pod: LoadPod, container: String) {
        self.pod = pod
        self.container = container
        lines = PrintedLine.all(in: text)
    }

    /// What the container itself says of its start and its end.
    var start: WallTime? { lines.first { $0.event == .start }?.time }
    var end: WallTime? { lines.first { $0.event == .end }?.time }

    /// What is wrong with the log. It must be complete if the container was told to have ended before it was asked for.
    func untruths(hasEnded: Bool) -> [Untruth] {
        let name = "\(pod.name)/\(container)"
        if let other = lines.first(where: { $0.uid != pod.uid }) {
            return [Untruth(kind: .otherLog, detail: "\(name) (\(pod.uid)): the log has a line of \(other.uid)")]
        }
        let starts = lines.count { $0.event == .start }
        let ends = lines.count { $0.event == .end }
        if starts > 1 || ends > 1 {
            return [Untruth(kind: .ranTwice, detail: "\(name): \(starts) starts and \(ends) ends in the log")]
        }
        guard hasEnded, starts == 0 || ends == 0 else { return [] }
        return [
            Untruth(
                kind: .logIncomplete,
                detail: "\(name) was told to have ended, but its log has \(lines.count) lines, "
                    + (starts == 0 ? "without its start" : "without its end"))
        ]
    }

    /// Whether the end was told before the container printed its last line.
    func earlyEnd(seen: WallTime?) -> Untruth? {
        guard let seen, let end, seen.seconds < end.seconds - PodWitness.slack else { return nil }
        let early = DurationWords.fixed(end.seconds - seen.seconds, digits: 1)
        return Untruth(
            kind: .toldTooEarly, detail: "\(pod.name)/\(container): the end was told \(early) s before it was printed")
    }
}
