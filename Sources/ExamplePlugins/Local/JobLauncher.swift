import CLinux
import Glibc
import InterLinkPluginKit
import InterLinkSystem

/// Starts jobs, each in a session of its own, with an environment that is said and not inherited. They go on when this
/// process ends.
struct JobLauncher: Sendable {
    /// Variables that the container runtime needs to find its user's things.
    private static let inherited = [
        "HOME", "USER", "LOGNAME", "XDG_RUNTIME_DIR", "TMPDIR", "http_proxy", "https_proxy", "no_proxy",
    ]

    let searchPath: String
    let environment: [String: String]
    let machine: Machine

    /// Starts a job's script; what is thrown is why it cannot be.
    func start(_ job: LocalJob, output path: String, in group: ControlGroup?) throws(SystemError) -> JobProcess {
        let opened = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else { throw SystemError("open", path) }
        let output = FileDescriptor(owning: opened)
        var arguments = ["bash", job.script]
        if let group {
            // The job puts itself into its cgroup, so that no child of it can be outside.
            arguments = [
                "bash", "-c", #"echo $$ >"$1/cgroup.procs" || exit 125; exec bash "$2""#, "bash", group.path,
                job.script,
            ]
        }
        var pid: pid_t = 0
        let code = withCStrings(arguments) { arguments in
            withCStrings(variables(of: job)) { variables in
                withExtendedLifetime(output) {
                    il_spawn(&pid, "/bin/bash", arguments, variables, job.workspace, -1, opened, opened)
                }
            }
        }
        guard code == 0 else { throw SystemError("posix_spawn", "/bin/bash in \(job.workspace)", code: code) }
        // It cannot be gone: it is not reaped before this process asks.
        guard let process = JobProcess(now: pid, boot: machine.boot) else {
            throw SystemError("read", "/proc/\(pid)/stat")
        }
        return process
    }

    /// How a child of this process ended: an exit code or a signal. Nil for one that is not ours.
    func reap(_ process: JobProcess) -> (exitCode: Int?, signal: Int?)? {
        var status: Int32 = 0
        guard waitpid(process.pid, &status, WNOHANG) == process.pid else { return nil }
        let signal = il_exit_signal(status)
        return signal == 0 ? (Int(il_exit_code(status)), nil) : (nil, Int(signal))
    }

    private func variables(of job: LocalJob) -> [String] {
        var variables = ["PATH": searchPath, "LANG": "C.UTF-8"]
        for name in Self.inherited {
            if let value = getenv(name) { variables[name] = String(cString: value) }
        }
        variables.merge(environment) { $1 }
        variables["INTERLINK_MARK"] = job.mark.description
        variables["INTERLINK_JOB_ID"] = "\(job.id)"
        variables["INTERLINK_WORKSPACE"] = job.workspace
        let numbers = job.gpus.map { "\($0)" }.joined(separator: ",")
        // A job without GPUs is not to see those of others.
        variables["CUDA_VISIBLE_DEVICES"] = numbers
        variables["NVIDIA_VISIBLE_DEVICES"] = numbers.isEmpty ? "none" : numbers
        return variables.map { "\($0.key)=\($0.value)" }.sorted()
    }
}
