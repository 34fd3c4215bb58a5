/// What a list meant for a pod.
package struct Heard: Equatable, Sendable {
    /// A job was found for a submission whose outcome was not known.
    package var adopted: JobHandle?
    /// It is now known that nothing was submitted.
    package var isNotSubmitted = false
    /// Whether something was submitted will never be known.
    package var cannotBeKnown = false
    /// The first of the two empty lists.
    package var isFirstMiss = false
    /// Jobs with the pod's mark that are not its job.
    package var unwanted: [JobHandle] = []
    package var news = StatusBook.News()
    package var hasJustEnded = false
}

extension TrackedPod {
    /// Hears a complete list of its placement that began at `start`: `jobs` are those with this pod's mark.
    package mutating func hear(list jobs: [ListedJob], begun start: Moment, settings: LifecycleSettings) -> Heard {
        switch phase {
        case .recording, .calling: return Heard()
        case .queued: return jobs.isEmpty ? Heard() : adopt(jobs, start)
        case .rejected: return Heard(unwanted: jobs.filter { !$0.hasEnded }.map(\.handle))
        case .unclear(var search):
            if !jobs.isEmpty { return adopt(jobs, start) }
            search.missed(in: start, settle: settings.settle)
            phase = .unclear(search)
            return Heard(isFirstMiss: search.firstEmpty == start)
        case .started(let handle, let at): return follow(handle, startedAt: at, in: jobs, start, settings)
        }
    }

    /// Hears what the backend said of the job that it was asked for: by `explain`, `refresh` or of its own accord.
    package mutating func hear(
        _ observation: Observation, evidence taken: Moment, settings: LifecycleSettings
    ) -> Heard {
        guard case .started = phase else { return Heard() }
        let wasEnded = hasEnded
        var heard = Heard()
        switch observation {
        case .absent:
            absence?.agreed(at: taken)
            concludeAbsence(taken, settings, &heard)
        case .state, .ended, .gone, .unknown:
            absence?.disagreed()
            observe(observation, taken, &heard)
        }
        heard.hasJustEnded = hasEnded && !wasEnded
        return heard
    }

    /// Hears which jobs with this pod's mark the backend remembers, asked at `start`; nil: it remembers nothing at all.
    package mutating func hear(memory jobs: [ListedJob]?, asked start: Moment, settings: LifecycleSettings) -> Heard {
        guard case .unclear(let search) = phase else { return Heard() }
        if let jobs, !jobs.isEmpty { return adopt(jobs, start) }
        switch search.conclusion(hasMemory: jobs != nil, asked: start, unseenTime: settings.unseenTime) {
        case .open: return Heard()
        // Where none is wanted any more, nothing depends on whether there was one.
        case .cannotBeKnown where deletion == nil: return Heard(cannotBeKnown: true)
        case .notSubmitted, .cannotBeKnown:
            phase = .queued(notBefore: nil)
            return Heard(isNotSubmitted: true)
        }
    }

    /// The lists agree that there is no job: the backend's memory is to be asked.
    package var isSought: Bool {
        if case .unclear(let search) = phase { search.agreedAt != nil } else { false }
    }

    private mutating func adopt(_ jobs: [ListedJob], _ start: Moment) -> Heard {
        // One that ended may be what is left of an earlier life of the pod, which was given up.
        guard let job = jobs.first(where: { !$0.hasEnded }) ?? jobs.last else { return Heard() }
        // The job was there when the list began, whenever it was made.
        phase = .started(job.handle, at: start)
        let others = jobs.filter { !$0.hasEnded && $0.handle.id != job.handle.id }
        var heard = Heard(adopted: job.handle, unwanted: others.map(\.handle))
        if let observation = job.observation { observe(observation, start, &heard) }
        return heard
    }

    private mutating func follow(
        _ handle: JobHandle, startedAt: Moment, in jobs: [ListedJob], _ start: Moment, _ settings: LifecycleSettings
    ) -> Heard {
        var heard = Heard(unwanted: jobs.filter { !$0.hasEnded && $0.handle.id != handle.id }.map(\.handle))
        let wasEnded = hasEnded
        if let mine = jobs.first(where: { $0.handle.id == handle.id }) {
            absence = nil
            if let observation = mine.observation { observe(observation, start, &heard) }
        } else if start > startedAt {
            // An older list cannot show it.
            if absence == nil { absence = Absence(firstMissedAt: start) } else { absence?.missedAgain(at: start) }
            concludeAbsence(start, settings, &heard)
        }
        heard.hasJustEnded = hasEnded && !wasEnded
        return heard
    }

    private mutating func observe(_ observation: Observation, _ taken: Moment, _ heard: inout Heard) {
        switch observation {
        case .state(let containers, let attempt):
            trouble = nil
            heard.news = book.merge(containers, attempt: attempt, evidence: taken, of: digest)
            // A job that has left the list starts nothing again.
            if let absence, taken >= absence.since, book.evidence == taken, book.haveAllEndedForNow(of: digest) {
                let ends = book.endAsLastSeen(evidence: taken, of: digest)
                heard.news.isChanged = heard.news.isChanged || ends.isChanged
            }
        case .ended(let containers, let attempt):
            trouble = nil
            heard.news = book.merge(containers, attempt: attempt, evidence: taken, of: digest, isFinal: true)
            if goneAt == nil && book.evidence == taken { goneAt = taken }
        case .gone(let ending):
            trouble = nil
            heard.news = book.end(by: ending, evidence: taken, of: digest)
            if goneAt == nil && book.evidence == taken { goneAt = taken }
        case .unknown(let why): trouble = why
        // It is listed, so it is there.
        case .absent: break
        }
    }

    /// Gone without a proof: absent for long enough, the backend agreeing. A job that we stopped needs less patience.
    private mutating func concludeAbsence(_ at: Moment, _ settings: LifecycleSettings, _ heard: inout Heard) {
        let wasStopped = (deletion?.stops ?? 0) > 0
        let span = wasStopped || book.endedAt != nil ? settings.settle : settings.absence
        guard goneAt == nil, let absence, absence.proves(after: span) else { return }
        goneAt = at
        guard book.endedAt == nil else { return }
        let end = max(at, book.evidence ?? at)
        if !wasStopped && book.haveAllEndedForNow(of: digest) {
            let news = book.endAsLastSeen(evidence: end, of: digest)
            heard.news.isChanged = heard.news.isChanged || news.isChanged
            return
        }
        let job = phase.handle.map { "job \($0)" } ?? "the job"
        let ending =
            wasStopped
            ? Ending(reason: "Stopped", message: "\(job) was stopped")
            : Ending(
                reason: "JobLost",
                message: "\(job) is lost: \(absence.lists) lists did not show it, and the backend knows nothing of it")
        let news = book.end(by: ending, evidence: end, of: digest)
        heard.news.isChanged = heard.news.isChanged || news.isChanged
    }
}

extension ListedJob {
    /// It is still listed, but is no more.
    var hasEnded: Bool {
        switch observation {
        case .ended, .gone: true
        case .state(let containers, _): !containers.isEmpty && containers.allSatisfy(\.isTerminated)
        case .absent, .unknown, nil: false
        }
    }
}
