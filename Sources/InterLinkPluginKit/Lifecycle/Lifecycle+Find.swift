extension Lifecycle {
    /// What a pod is told of whose job may have come and gone unseen.
    static let unknowable = """
        the plugin could not see the backend after it began to submit this pod, and the backend does not remember ended \
        jobs: it cannot be known whether the pod ran, so it is not submitted again
        """

    /// Pods of a placement whose jobs the lists did not show, and which are called not submitted unless the backend
    /// remembers them; nil when there is none.
    func sought(at placement: Placement) -> Wanted? {
        let pods = table.all.filter { $0.placement == placement && $0.isSought }.prefix(settings.findBatch)
        guard let first = pods.map(\.createdAt).min() else { return nil }
        return Wanted(
            marks: pods.map { JobMark(instance: store.instance, uid: $0.uid) }, since: first - settings.clockMargin)
    }

    /// Marks of which somebody asked who holds an answer of an earlier store.
    func named(at placement: Placement) -> Wanted? {
        let marks = sightings.open(at: placement, atMost: settings.findBatch)
        return marks.isEmpty ? nil : Wanted(marks: marks, since: nil)
    }

    /// Takes in what a backend remembers of what it was asked for at `start`; nil: it has no memory.
    func hear(memory jobs: [ListedJob]?, of wanted: Wanted, at placement: Placement, asked start: Moment) {
        var found: [JobMark: [ListedJob]] = [:]
        for job in jobs ?? [] {
            if let mark = JobMark(job.mark) { found[mark, default: []].append(job) }
        }
        let strays = found.compactMapValues { jobs in
            (jobs.first { !$0.hasEnded } ?? jobs.last).flatMap { job in
                JobMark(job.mark).map { Stray(mark: $0, job: job, placement: placement, seenAt: start) }
            }
        }
        sightings.answered(wanted.marks, found: strays, at: placement, asked: start)
        for mark in wanted.marks {
            let mine = jobs.map { _ in found[mark] ?? [] }
            let heard = table.update(mark.uid) { [settings, store] pod in
                pod.placement == placement && pod.mark(own: store.instance) == mark
                    ? pod.hear(memory: mine, asked: start, settings: settings) : Heard()
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
