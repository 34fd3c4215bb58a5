import InterLinkBatch
import InterLinkPluginKit

/// A job of the queue, as it is kept on the disk.
struct LocalJob: Equatable, Sendable {
    enum Phase: Equatable, Sendable {
        case queued
        /// It was to be started, and perhaps was: written down before anything is started.
        case starting
        case running(JobProcess)
        case ended(BatchJobEnd)
    }

    let id: Int
    let mark: JobMark
    let workspace: String
    let script: String
    let room: Room
    let submitted: Moment
    /// How long it may run.
    let timeLimit: Duration?
    /// How long it has after SIGTERM.
    let killAfter: Duration
    var phase = Phase.queued
    /// When it was started, on which start of the machine, and with which GPUs.
    var started: Moment?
    var boot = ""
    var gpus: [Int] = []
    /// Why it is being ended, and when it is killed.
    var stopping: Stopping?

    struct Stopping: Equatable, Sendable {
        var cause: BatchJobEnd.Cause
        var message: String
        var killAt: Moment
    }

    init(id: Int, _ job: BatchJob, at now: Moment) {
        self.init(
            id: id, mark: job.mark, workspace: job.workspace, script: job.scriptPath, room: Room(job.resources),
            submitted: now, timeLimit: job.resources.timeLimit, killAfter: job.killAfter)
    }

    init(
        id: Int, mark: JobMark, workspace: String, script: String, room: Room, submitted: Moment, timeLimit: Duration?,
        killAfter: Duration
    ) {
        self.id = id
        self.mark = mark
        self.workspace = workspace
        self.script = script
        self.room = room
        self.submitted = submitted
        self.timeLimit = timeLimit
        self.killAfter = killAfter
    }

    var process: JobProcess? {
        if case .running(let process) = phase { process } else { nil }
    }

    var hasEnded: Bool {
        if case .ended = phase { true } else { false }
    }

    /// It has, or is about to have, its part of the machine.
    var takesRoom: Bool {
        switch phase {
        case .starting, .running: true
        case .queued, .ended: false
        }
    }

    func sighting(on machine: Machine) -> BatchSighting {
        let state: BatchJobState =
            switch phase {
            case .queued: .queued(reason: "Resources", message: "other jobs are running")
            case .starting, .running: .running(nodes: [machine.name], since: started)
            case .ended(let end): .ended(end)
            }
        return BatchSighting(handle: JobHandle(id: "\(id)"), mark: mark.description, state: state)
    }
}
