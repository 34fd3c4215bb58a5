import Glibc
import InterLinkPluginKit

/// Finds and ends everything that a job has left running. Blocks.
struct JobSweep: Sendable {
    /// What stands in the environment of every process of the job, unless it has taken it out.
    let mark: JobMark
    /// The job's first process, the leader of its session.
    let leader: JobProcess?
    let machine: Machine
    /// A cgroup knows its processes, whatever they do.
    let group: ControlGroup?

    private static let rounds = 100

    /// Kills, looks again, and so on until nothing is found; false when something does not die.
    func endAll() -> Bool {
        for _ in 0..<Self.rounds {
            let found = processes()
            if found.isEmpty && group?.isEmpty ?? true { return true }
            group?.killAll()
            for process in found { _ = process.signal(SIGKILL, on: machine) }
            usleep(20_000)
        }
        return false
    }

    /// The processes of the job.
    func processes() -> [JobProcess] {
        var found: [JobProcess] = []
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        let isOurSession = sessionIsOurs
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let pid = pid_t(name), pid != getpid(), let stat = ProcessStat(pid), !stat.hasEnded else { continue }
            let isInSession = isOurSession && stat.session == leader?.pid
            guard isInSession || hasMark(pid) else { continue }
            found.append(JobProcess(pid: pid, started: stat.started, boot: machine.boot))
        }
        return found
    }

    /// The number of a session is not used again while anybody is in it. So it is the job's while its leader is, and also
    /// when it has none any more; with another leader it is somebody else's.
    private var sessionIsOurs: Bool {
        guard let leader, leader.boot == machine.boot else { return false }
        guard let now = ProcessStat(leader.pid) else { return true }
        return now.started == leader.started
    }

    private func hasMark(_ pid: pid_t) -> Bool {
        guard let environment = ProcFile.bytes("/proc/\(pid)/environ", atMost: 4 << 20) else { return false }
        return environment.split(separator: 0).contains { $0.elementsEqual("INTERLINK_MARK=\(mark)".utf8) }
    }

    /// The first process of a job that was started and not noted down.
    static func leader(of mark: JobMark, job: Int, on machine: Machine) -> JobProcess? {
        let marked = JobSweep(mark: mark, leader: nil, machine: machine, group: nil).processes()
        return marked.first { process in
            guard ProcessStat(process.pid)?.session == process.pid,
                let environment = ProcFile.bytes("/proc/\(process.pid)/environ", atMost: 4 << 20)
            else { return false }
            return environment.split(separator: 0).contains { $0.elementsEqual("INTERLINK_JOB_ID=\(job)".utf8) }
        }
    }
}
