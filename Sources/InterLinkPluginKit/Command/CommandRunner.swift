import Glibc
package import InterLinkSystem

/// Runs programs: without a shell, with an environment that is said and not inherited, bounded in number, time and
/// output.
///
/// Each program has a session of its own. When it has ended, so has its process group: what should go on must have
/// left the group, as daemons do. Cancelling the task kills the group at once.
public final class CommandRunner: Sendable {
    /// What holds for all commands.
    public struct Configuration: Sendable {
        /// Where programs are looked for that are given by name. It is their `PATH` too.
        public var searchPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]
        /// The environment, beside `PATH`. By default messages in plain C, and where home is.
        public var environment = Configuration.plainEnvironment
        /// How many run at once; more wait their turn.
        public var concurrency = 16

        /// The defaults.
        public init() {}

        private static var plainEnvironment: [String: String] {
            var environment = ["LC_ALL": "C"]
            for name in ["HOME", "USER", "LOGNAME"] {
                if let value = getenv(name) { environment[name] = String(cString: value) }
            }
            return environment
        }
    }

    /// What holds for all commands.
    public let configuration: Configuration

    private let loops: EventLoopGroup
    private let slots: CommandSlots

    /// A runner with threads of its own: starting a program takes its thread for half a millisecond, and longer when
    /// the program lies on a slow file system.
    package init(configuration: Configuration = Configuration()) throws(SystemError) {
        self.configuration = configuration
        loops = try EventLoopGroup(name: "command", count: 2)
        slots = CommandSlots(configuration.concurrency)
    }

    deinit {
        loops.stop()
    }

    /// Runs the program to its end. Only what keeps it from running or from being followed is an error.
    public func run(_ command: Command) async throws(CommandError) -> CommandResult {
        let plan = try SpawnPlan(command, configuration)
        guard await slots.take() else { throw CommandError(command.program, .cancelled, "cancelled while it waited") }
        defer { slots.giveBack() }
        let child = ChildProcess(plan, on: loops.next())
        // A task of its own: it has to see the end of the program also when the caller is cancelled.
        let supervision = Task(executorPreference: child.loop) { await child.run() }
        let result = await withTaskCancellationHandler {
            await supervision.value
        } onCancel: {
            child.cancel()
        }
        return try result.get()
    }
}
