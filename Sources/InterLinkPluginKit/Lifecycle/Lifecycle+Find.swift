extension Lifecycle {
    /// What a pod is told of whose job may have come and gone unseen.
    static let unknowable = """
        the plugin could not see the backend after it began to submit this pod, and the backend does not remember ended \
        jobs: it cannot be known whether the pod ran, so it is not submitted again
        """

    /// Pods of a placement whose jobs the lists did not show, and which are called not submitted unless the backend
    /// remembers them; nil when there is none.
    func sought(at placement: Placement) -> Wanted? {
        let pods = table.all.filter { $0.placement == placement && $0.isSought }
        guard let first = pods.map(\.createdAt).min() else { return nil }
        return Wanted(
            marks: pods.map { JobMark(instance: store.instance, uid: $0.uid) }, since: first - settings.clockMargin)
    }

    /// Marks of which somebody asked who holds an answer of an earlier store.
    func named(at placement: Placement) -> Wanted? {
        let marks = sightings.open(at: placement)
        return marks.isEmpty ? nil : Wanted(marks: marks, since: nil)
    }

    /// Takes in what a backend remembers of what it was asked for at `start`; nil: it has no memory.
    func hear(memory jobs: [ListedJob]?, of wanted: Wanted, at placement: Placement, asked start: Moment) {
        var found: [JobMark: [ListedJob]] = [:]
        for job in jobs ?? [] {
            if let mark = JobMark(job.mark) { found[mark, default: []].append(job) }
        }
        sightings.answered(wanted.marks, found: Set(found.keys), at: placement, asked: start)
        for mark in wanted.marks where mark.instance == store.instance {
            let mine = jobs.map { _ in found[mark] ?? [] }
            let heard = table.update(mark.uid) { [settings] pod in
                pod.placement == placement ? pod.hear(memory: mine, asked: start, settings: settings) : Heard()
            }
            if let heard { _ = follow(heard, mark.uid, seen: start) }
        }
        look()
    }

    /// Marks that one call asks for.
    struct Wanted: Sendable {
        let marks: [JobMark]
        let since: Moment?
    }
}
