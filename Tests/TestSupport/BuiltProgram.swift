import Foundation
package import Glibc
import InterLinkSystem

/// Programs of this package as real processes. They lie beside the test, whose target must depend on them.
package enum BuiltProgram {
    /// Starts one with an environment of its own and nothing to read; what it prints is appended to files.
    ///
    /// With a listening socket it is started as systemd hands sockets over.
    package static func spawn(
        _ name: String, _ arguments: [String], environment: [String: String] = [:], output: String, errors: String,
        listener: Int32? = nil
    ) throws -> pid_t {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = URL(filePath: own).deletingLastPathComponent().appending(path: name).path
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var words = [program] + arguments
        if let listener {
            posix_spawn_file_actions_adddup2(&actions, listener, 3)
            // Only the process itself can say its id.
            words = ["/bin/sh", "-c", "LISTEN_FDS=1 LISTEN_PID=$$ exec \"$0\" \"$@\""] + words
        }
        let variables = ["SWIFT_BACKTRACE": "enable=no", "PATH": "/usr/bin:/bin"].merging(environment) { _, new in new }
        var pid: pid_t = 0
        let code = withCStrings(words) { argv in
            withCStrings(variables.map { "\($0.key)=\($0.value)" }) { envp in
                posix_spawn(&pid, words[0], &actions, nil, argv, envp)
            }
        }
        guard code == 0 else { throw SystemError("posix_spawn", program, code: code) }
        return pid
    }
}
