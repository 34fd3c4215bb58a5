public import InterLinkPluginKit

extension BatchPlugin {
    /// The scheduler's list, with what the jobs have written.
    public func list(at placement: Placement) async throws -> [ListedJob] {
        await listed(try await scheduler.list(at: placement), at: placement)
    }

    /// What the scheduler remembers, and what the workspaces do: a job that began has written its id there.
    public func find(_ marks: [JobMark], since: Moment?, at placement: Placement) async throws -> [ListedJob]? {
        let remembered = try await scheduler.find(marks, since: since, at: placement)
        let found = await listed(remembered ?? [], at: placement)
        guard scheduler.sharesFilesystem else { return remembered == nil ? nil : found }
        let known = Set(found.map(\.mark))
        return found + (await written(by: marks.filter { !known.contains($0.description) }))
    }

    /// What jobs that ended without anybody looking have left behind.
    private func written(by marks: [JobMark]) async -> [ListedJob] {
        let questions = marks.filter { book.entry($0.uid)?.mark == $0 }.map {
            JobObserver.Question(
                uid: $0.uid, job: book.entry($0.uid)?.job ?? $0.description, scheduler: nil, files: nil)
        }
        let findings = await observer.look(at: questions)
        return marks.compactMap { mark in
            guard let entry = book.entry(mark.uid), let record = entry.records.closing ?? entry.records.state,
                let finding = findings[mark.uid]
            else { return nil }
            return ListedJob(
                handle: JobHandle(id: record.job ?? mark.description), mark: mark.description,
                observation: finding.observation)
        }
    }

    /// What became of jobs: from their closing records, else from the scheduler.
    public func explain(_ jobs: [TrackedJob]) async throws -> [PodUID: Observation] {
        book.add(jobs)
        let early = await observer.look(at: jobs.map { question($0, nil) })
        let open = jobs.filter { book.entry($0.uid)?.records.closing == nil }
        var observations = early.mapValues(\.observation).filter { uid, _ in !open.contains { $0.uid == uid } }
        guard !open.isEmpty else { return observations }
        let sightings = try await scheduler.explain(open)
        let findings = await observer.look(
            at: open.map { job in
                // An id alone is not the job.
                guard let sighting = sightings[job.uid], sighting.mark == job.mark.description,
                    sighting.handle.id == job.handle.id
                else { return question(job, .knowsNothing) }
                return question(job, .sighted(sighting))
            })
        await act(on: findings)
        for (uid, finding) in findings { observations[uid] = finding.observation }
        return observations
    }

    /// The state files of jobs, those that have changed.
    public func refresh(_ jobs: [TrackedJob]) async throws -> [PodUID: Observation]? {
        book.add(jobs)
        let findings = await observer.look(at: jobs.map { question($0, nil) })
        await act(on: findings)
        return findings.compactMapValues { $0.isNews ? $0.observation : nil }
    }

    /// The scheduler's news, with what the jobs have written.
    public var events: (any AsyncSequence<Event, any Error> & Sendable)? {
        guard let sightings = scheduler.events else { return nil }
        return AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    for try await sighting in sightings {
                        guard let job = await listed([sighting], at: nil).first, let observation = job.observation
                        else { continue }
                        continuation.yield(Event(id: job.handle.id, mark: job.mark, observation: observation))
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private func question(_ job: TrackedJob, _ answer: Evidence.Scheduler?) -> JobObserver.Question {
        JobObserver.Question(uid: job.uid, job: job.handle.id, scheduler: answer, files: scheduler.files(of: job))
    }

    /// What a list says of jobs. Of those that are not ours, or not the job of their pod, only what the scheduler says.
    private func listed(_ sightings: [BatchSighting], at placement: Placement?) async -> [ListedJob] {
        var questions: [JobObserver.Question] = []
        for sighting in sightings {
            guard let entry = entry(of: sighting) else { continue }
            if let placement { book.update(entry.pod.uid) { $0.placement = placement } }
            guard let job = entry.job(sighting.handle, at: placement) else { continue }
            questions.append(question(job, .sighted(sighting)))
        }
        let findings = await observer.look(at: questions)
        await act(on: findings)
        return sightings.map { sighting in
            let finding = entry(of: sighting).flatMap { findings[$0.pod.uid] }
            return ListedJob(
                handle: sighting.handle, mark: sighting.mark,
                observation: finding?.observation ?? sighting.endAlone)
        }
    }

    /// The pod whose job this is.
    private func entry(of sighting: BatchSighting) -> JobBook.Entry? {
        guard let mark = JobMark(sighting.mark), mark.instance == instance, let entry = book.entry(mark.uid),
            entry.job == nil || entry.job == sighting.handle.id
        else { return nil }
        return entry
    }

    /// Ends jobs that go on although their pods have failed.
    private func act(on findings: [PodUID: JobObserver.Finding]) async {
        for (uid, finding) in findings where finding.mustStop {
            guard let entry = book.entry(uid), let handle = entry.sighting?.handle, let job = entry.job(handle, at: nil)
            else { continue }
            logger.warning("a job runs again after its pod has ended", ["pod": "\(uid)", "job": "\(handle)"])
            try? await scheduler.stop([job], grace: entry.pod.grace + configuration.workspace.killMargin)
        }
    }
}

extension JobBook.Entry {
    /// The job by that handle, as soon as it is known where it is.
    fileprivate func job(_ handle: JobHandle, at place: Placement?) -> TrackedJob? {
        (place ?? placement).map { TrackedJob(pod: pod, handle: handle, mark: mark, placement: $0) }
    }
}

extension BatchSighting {
    /// What the scheduler alone proves.
    fileprivate var endAlone: Observation? {
        if case .ended(let end) = state { .gone(end.ending(of: "job \(handle)")) } else { nil }
    }
}
