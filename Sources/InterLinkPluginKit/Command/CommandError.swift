import Glibc

/// Why there is no result of a program. It names the program, and never its arguments, which may be secret.
public struct CommandError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong.
    public enum Cause: Hashable, Sendable {
        /// The program cannot be asked for like that: a zero byte, an empty name, a relative path.
        case invalid
        /// There is no such program.
        case notFound
        /// It is there, but cannot be run: not executable, or its interpreter is missing.
        case notExecutable
        /// Its file is being written. Somebody may have started another program just while he wrote it.
        case busy
        /// The working directory is not there, or closed to us.
        case noWorkingDirectory
        /// This process, its user or the system has no descriptors, processes or memory left. Later it may work.
        case exhausted
        /// The task was cancelled.
        case cancelled
        /// Something else; see `detail`.
        case system
    }

    /// The program, as it was asked for.
    public let program: String
    /// What went wrong.
    public let cause: Cause
    /// Why, for people.
    public let detail: String
    /// Whether the program may have done something. When `false` it never started.
    public let mayHaveRun: Bool

    /// All of it in one line.
    public var description: String {
        "\(program): \(detail)\(mayHaveRun ? " (it had started)" : "")"
    }

    init(_ program: String, _ cause: Cause, _ detail: String, mayHaveRun: Bool = false) {
        self.program = program
        self.cause = cause
        self.detail = detail
        self.mayHaveRun = mayHaveRun
    }

    /// A system call on the way to the start that failed.
    init(_ program: String, call: String, code: Int32) {
        let cause: Cause =
            switch code {
            case EMFILE, ENFILE, EAGAIN, ENOMEM: .exhausted
            case E2BIG: .invalid
            case ETXTBSY: .busy
            default: .system
            }
        self.init(program, cause, "cannot be started: \(call): \(String(cString: strerror(code)))")
    }
}
