import Foundation
import Glibc
import InterLinkSystem

/// A job script that runs, with no signal blocked: a test's own threads may block some.
final class ScriptProcess: Sendable {
    let pid: pid_t
    private let ended = Lock<Int32?>(nil)

    init(_ script: String, _ environment: [String: String]) throws {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var nothing = sigset_t()
        sigemptyset(&nothing)
        posix_spawnattr_setsigmask(&attributes, &nothing)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
        let words = ["/bin/bash", script]
        let argv = words.map { strdup($0) } + [nil]
        let envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        var started: pid_t = 0
        let code = posix_spawn(&started, "/bin/bash", nil, &attributes, argv, envp)
        guard code == 0 else { throw NeverTrue(what: "bash starts: \(String(cString: strerror(code)))") }
        pid = started
    }

    deinit {
        guard !hasEnded else { return }
        signal(SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
    }

    func signal(_ number: Int32) { kill(pid, number) }

    /// Its exit code, or 128 and the signal.
    func end() async throws -> Int32 {
        try await eventually("the script ends") { hasEnded }
        return ended.withLock { $0 ?? -1 }
    }

    /// Whether a process goes on; one that only waits to be taken away does not.
    static func isRunning(_ pid: pid_t) -> Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return false }
        return !stat.contains(") Z ")
    }

    private var hasEnded: Bool {
        ended.withLock { ended in
            if ended != nil { return true }
            var status: Int32 = 0
            guard waitpid(pid, &status, WNOHANG) == pid else { return false }
            ended = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
            return true
        }
    }
}
