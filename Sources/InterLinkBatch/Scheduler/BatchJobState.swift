public import InterLinkPluginKit

/// What a scheduler says of a job. Every scheduler maps its own words to these by one total table; a word that is not in
/// the table is ``unknown(_:)``, never an end.
public enum BatchJobState: Equatable, Sendable {
    /// It waits for its turn, with the scheduler's reason.
    case queued(reason: String = "", message: String = "")
    /// It waits for somebody: held, suspended before its start.
    case held(reason: String, message: String)
    /// It runs, or is about to, or cleans up.
    case running(nodes: [String] = [], since: Moment? = nil)
    /// It has ended.
    case ended(BatchJobEnd)
    /// A word that the table does not know.
    case unknown(String)
}

/// How a job ended, as its scheduler saw it. The closing record in the workspace comes first, where there is one.
public struct BatchJobEnd: Equatable, Sendable {
    /// The cause.
    public enum Cause: String, Equatable, Sendable {
        /// The script exited with zero.
        case success
        /// The script exited with another code, or by a signal.
        case failure
        /// Somebody cancelled it.
        case cancelled
        /// It ran longer than it was allowed to.
        case timeLimit
        /// It used more memory than it was allowed to.
        case outOfMemory
        /// The machine failed.
        case nodeFailure
        /// It had to make room for another job.
        case preempted
        /// It used more disk or other room than it was allowed to, or its machine was taken out of service.
        case evicted
        /// It could not be started.
        case launchFailure
    }

    /// The cause.
    public var cause: Cause
    /// The exit code of the script.
    public var exitCode: Int?
    /// The signal that ended the script.
    public var signal: Int?
    /// The scheduler's own words, for people.
    public var message: String
    /// When it ended.
    public var at: Moment?

    /// An end from its parts.
    public init(_ cause: Cause, exitCode: Int? = nil, signal: Int? = nil, message: String = "", at: Moment? = nil) {
        self.cause = cause
        self.exitCode = exitCode
        self.signal = signal
        self.message = message
        self.at = at
    }
}

/// A job that a scheduler listed.
public struct BatchSighting: Equatable, Sendable {
    /// The scheduler's id, and what else is to be kept with it.
    public var handle: JobHandle
    /// The name or attribute that holds the mark, as it was found.
    public var mark: String
    /// What the scheduler says.
    public var state: BatchJobState
    /// How often the job was started, where the scheduler counts; 1 at first.
    public var attempt: Int?

    /// A sighting from its parts.
    public init(handle: JobHandle, mark: String, state: BatchJobState, attempt: Int? = nil) {
        self.handle = handle
        self.mark = mark
        self.state = state
        self.attempt = attempt
    }
}
