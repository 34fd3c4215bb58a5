import Glibc
import InterLinkBatch
import InterLinkPluginKit
import InterLinkSystem

/// The queue of this machine: first come, first served, and never more than there is room for.
///
/// Everything is on the disk before it is done. Its work blocks, and so has a thread of its own.
actor LocalQueue {
    private nonisolated let thread = BlockingExecutor(name: "local-queue")
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    let machine: Machine
    let room: Room
    private let folder: QueueFolder
    private let launcher: JobLauncher
    private let groups: ControlGroups?
    private let clock: any TimeSource
    private let logger: Logger
    private let loop: EventLoop
    private let sweeps = BlockingPool(name: "local-sweep", threads: 2)
    private nonisolated let news = Lock<[Int: AsyncThrowingStream<BatchSighting, any Error>.Continuation]>([:])

    private var jobs: [Int: LocalJob] = [:]
    private var next = 1
    private var timers: [Int: Task<Void, Never>] = [:]

    init(
        folder: QueueFolder, room: Room, launcher: JobLauncher, groups: ControlGroups?, clock: any TimeSource,
        logger: Logger
    ) throws {
        self.folder = folder
        self.room = room
        self.launcher = launcher
        self.groups = groups
        self.clock = clock
        self.logger = logger
        machine = launcher.machine
        loop = try EventLoop(name: "local-watch")
    }

    deinit { loop.stop() }

    /// Takes up what an earlier process has left: jobs that run go on, those that wait wait on.
    func open() throws {
        let kept = try folder.load {
            logger.error("a job of the queue cannot be read, and is left alone", ["path": "\($0)"])
        }
        next = try folder.firstFreeNumber(after: kept)
        for job in kept { jobs[job.id] = job }
        for job in kept {
            switch job.phase {
            case .running(let process): follow(job, process)
            case .starting: settleStart(of: job)
            case .queued, .ended: break
            }
        }
        fill()
    }

    /// Takes jobs in, and starts those for which there is room.
    func submit(_ batch: [BatchJob]) -> [PodUID: Submission] {
        var answers: [PodUID: Submission] = [:]
        for wanted in batch {
            let uid = wanted.pod.uid
            if wanted.resources.nodes > 1 {
                answers[uid] = .rejected(why: "it asks for \(wanted.resources.nodes) machines, and this plugin has one")
            } else if let objection = room.objection(to: Room(wanted.resources)) {
                answers[uid] = .rejected(why: "\(objection) on this machine")
            } else {
                let job = LocalJob(id: next, wanted, at: clock.now)
                next += 1
                do {
                    try folder.add(job)
                    jobs[job.id] = job
                    answers[uid] = .started(JobHandle(id: "\(job.id)"))
                } catch {
                    logger.error("a job cannot be written down", ["pod": "\(uid)", "error": "\(error)"])
                    do {
                        try folder.remove(job.id)
                        answers[uid] = .busy(retryAfter: .seconds(30), why: "the queue cannot be written: \(error)")
                    } catch {
                        answers[uid] = .unclear(why: "the queue cannot be written: \(error)")
                    }
                }
            }
        }
        fill()
        return answers
    }

    /// All jobs, in the order in which they came.
    func sightings() -> [BatchSighting] {
        jobs.values.sorted { $0.id < $1.id }.map { $0.sighting(on: machine) }
    }

    /// Asks a job to end, and kills it after that long.
    func stop(_ id: Int, mark: JobMark, after time: Duration) {
        guard var job = jobs[id], job.mark == mark, !job.hasEnded else { return }
        if case .queued = job.phase {
            end(id, BatchJobEnd(.cancelled, message: "it was stopped before it began", at: clock.now))
            return
        }
        let killAt = clock.now + time
        let isFirst = job.stopping == nil
        if let earlier = job.stopping, earlier.killAt <= killAt { return }
        job.stopping = LocalJob.Stopping(cause: .cancelled, message: "it was asked to end", killAt: killAt)
        keep(job)
        if isFirst, let process = job.process { _ = process.signal(SIGTERM, on: machine) }
        setTimer(of: job)
    }

    /// Forgets a job; one that runs is killed.
    func remove(_ id: Int, mark: JobMark) async throws {
        guard let job = jobs[id], job.mark == mark else { return }
        if !job.hasEnded {
            stop(id, mark: mark, after: .zero)
            if let process = job.process {
                let sweep = sweep(of: job, process)
                guard try await sweeps.run({ sweep.endAll() }) else { throw Undying(id: id) }
                _ = launcher.reap(process)
            }
        }
        groups?.group(of: id).remove()
        try folder.remove(id)
        jobs[id] = nil
        timers.removeValue(forKey: id)?.cancel()
        fill()
    }

    /// News of jobs, for as long as somebody listens.
    nonisolated func listen() -> AsyncThrowingStream<BatchSighting, any Error> {
        AsyncThrowingStream { continuation in
            let number = news.withLock { listeners in
                let number = (listeners.keys.max() ?? 0) + 1
                listeners[number] = continuation
                return number
            }
            continuation.onTermination = { [weak self] _ in self?.news.withLock { $0[number] = nil } }
        }
    }

    // MARK: Starting

    /// Starts jobs in order, until one does not fit.
    private func fill() {
        var used = jobs.values.filter(\.takesRoom).map(\.room).reduce(.none, +)
        for job in jobs.values.filter({ $0.phase == .queued }).sorted(by: { $0.id < $1.id }) {
            guard room.fits(job.room, beside: used) else { return }
            used = used + job.room
            start(job)
        }
    }

    private func start(_ queued: LocalJob) {
        var job = queued
        job.phase = .starting
        job.started = clock.now
        job.boot = machine.boot
        let taken = Set(jobs.values.filter(\.takesRoom).flatMap(\.gpus))
        job.gpus = Array((0..<room.gpus).filter { !taken.contains($0) }.prefix(job.room.gpus))
        do {
            // Before anything runs: whoever reads this later looks for it.
            try folder.write(job, isDurable: true)
            jobs[job.id] = job
            var group = groups?.group(of: job.id)
            if let made = group, !made.make(for: job.room) {
                logger.warning("a job is not limited: its cgroup cannot be made", ["path": "\(made.path)"])
                group = nil
            }
            let process = try launcher.start(job, output: folder.output(of: job.id), in: group)
            job.phase = .running(process)
            keep(job)
            follow(job, process)
            tell(job)
        } catch {
            end(job.id, BatchJobEnd(.launchFailure, message: "\(error)", at: clock.now))
        }
    }

    /// A job that was to be started when the plugin ended: it is found by what it carries, or it has been and gone.
    private func settleStart(of job: LocalJob) {
        if let process = JobSweep.leader(of: job.mark, job: job.id, on: machine) {
            var found = job
            found.phase = .running(process)
            keep(found)
            follow(found, process)
        } else if job.boot != machine.boot || access("\(job.workspace)/\(WorkspaceLayout.job)", F_OK) == 0 {
            hasEnded(job.id)
        } else {
            var again = job
            again.phase = .queued
            keep(again)
        }
    }

    // MARK: Ending

    private func follow(_ job: LocalJob, _ process: JobProcess) {
        setTimer(of: job)
        let (id, machine, loop) = (job.id, machine, loop)
        Task { [weak self] in
            await process.end(on: machine, loop: loop)
            await self?.hasEnded(id)
        }
    }

    /// Its first process has ended: what it left running is ended too, and then it counts as ended.
    private func hasEnded(_ id: Int) {
        guard let job = jobs[id], !job.hasEnded else { return }
        var end = causeOfEnd(of: job)
        let sweep = sweep(of: job, job.process)
        Task { [weak self, sweeps, logger] in
            let isClean = (try? await sweeps.run { sweep.endAll() }) ?? false
            if !isClean { logger.error("processes of a job do not die", ["job": "\(id)", "mark": "\(job.mark)"]) }
            end.at = self?.clock.now
            await self?.end(id, end)
        }
    }

    private func causeOfEnd(of job: LocalJob) -> BatchJobEnd {
        if job.boot != machine.boot {
            return BatchJobEnd(.nodeFailure, message: "the machine was started again")
        }
        let status = job.process.flatMap { launcher.reap($0) }
        if groups?.group(of: job.id).ranOutOfMemory == true {
            return BatchJobEnd(
                .outOfMemory, exitCode: status?.exitCode, signal: status?.signal,
                message: "its limit is \(job.room.memory) bytes")
        }
        if let stopping = job.stopping {
            return BatchJobEnd(
                stopping.cause, exitCode: status?.exitCode, signal: status?.signal, message: stopping.message)
        }
        guard let status else {
            return BatchJobEnd(.failure, message: "its script ended while nobody was looking")
        }
        if status.exitCode == 0 { return BatchJobEnd(.success, exitCode: 0) }
        return BatchJobEnd(.failure, exitCode: status.exitCode, signal: status.signal)
    }

    private func end(_ id: Int, _ end: BatchJobEnd) {
        guard var job = jobs[id], !job.hasEnded else { return }
        job.phase = .ended(end)
        timers.removeValue(forKey: id)?.cancel()
        groups?.group(of: id).remove()
        keep(job)
        tell(job)
        fill()
    }

    /// Wakes when the job is to be asked to end, or to be killed.
    private func setTimer(of job: LocalJob) {
        timers.removeValue(forKey: job.id)?.cancel()
        let limit = job.timeLimit.flatMap { limit in job.started.map { $0 + limit } }
        guard let due = job.stopping?.killAt ?? limit else { return }
        let id = job.id
        timers[id] = Task { [weak self, clock] in
            guard (try? await clock.sleep(until: due)) != nil else { return }
            await self?.isDue(id)
        }
    }

    private func isDue(_ id: Int) {
        guard var job = jobs[id], let process = job.process else { return }
        if job.stopping != nil {
            let sweep = sweep(of: job, process)
            Task { [sweeps, logger] in
                guard (try? await sweeps.run { sweep.endAll() }) != true else { return }
                logger.error("processes of a job do not die", ["job": "\(id)", "mark": "\(job.mark)"])
            }
        } else {
            job.stopping = LocalJob.Stopping(
                cause: .timeLimit, message: "it was to take no longer than \(job.timeLimit ?? .zero)",
                killAt: clock.now + job.killAfter)
            keep(job)
            _ = process.signal(SIGTERM, on: machine)
            setTimer(of: job)
        }
    }

    // MARK: Keeping

    private func sweep(of job: LocalJob, _ process: JobProcess?) -> JobSweep {
        JobSweep(mark: job.mark, leader: process, machine: machine, group: groups?.group(of: job.id))
    }

    /// What cannot be written now is known as long as this process lives, and found out again afterwards.
    private func keep(_ job: LocalJob) {
        jobs[job.id] = job
        do throws(SystemError) {
            try folder.write(job, isDurable: false)
        } catch {
            logger.error("a job cannot be written down", ["job": "\(job.id)", "error": "\(error)"])
        }
    }

    private func tell(_ job: LocalJob) {
        let sighting = job.sighting(on: machine)
        for listener in news.withLock({ Array($0.values) }) { listener.yield(sighting) }
    }
}

/// A job that cannot be removed yet.
struct Undying: Error, CustomStringConvertible {
    let id: Int

    var description: String { "processes of job \(id) do not die" }
}
