import Glibc

/// The command by which the operator starts the plugin again: a text for the shell, written by the operator.
///
/// Foundation's `Process` is of no use here: it waits for everything that the command leaves behind, and that is the
/// plugin.
struct RestartCommand: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let text: String

    func run() async throws {
        let child = try start()
        while true {
            var status: Int32 = 0
            switch waitpid(child, &status, WNOHANG) {
            case 0: break
            case child where status == 0: return
            case child: throw Failure(description: "\(text.debugDescription) ended with status \(status >> 8 & 0xFF)")
            default:
                throw Failure(description: "\(text.debugDescription) got lost: \(String(cString: strerror(errno)))")
            }
            do {
                try await Task.sleep(for: .milliseconds(20))
            } catch {
                kill(child, SIGTERM)
                // It is waited for by whoever ends after this program.
                throw error
            }
        }
    }

    private func start() throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        // What it prints belongs to the messages, not to the report.
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
        // Signals that this program takes for itself are the plugin's own again.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        let words = ["/bin/sh", "-c", text]
        let arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments, environ)
        guard code == 0 else { throw Failure(description: "/bin/sh: \(String(cString: strerror(code)))") }
        return child
    }
}
