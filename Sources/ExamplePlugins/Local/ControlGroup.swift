import Glibc
import InterLinkPluginKit

/// Where jobs get cgroups of their own (version 2), if anywhere.
struct ControlGroups: Sendable {
    /// `DelegateSubgroup=` in the unit file.
    private static let subgroup = "plugin"

    let base: String

    /// The cgroup that the configuration names or, with `auto`, the one that this process was given to divide: systemd's
    /// `Delegate=yes` with `DelegateSubgroup=`. Nil, with the reason, where there is none. May block.
    static func find(_ setting: String) -> Result<ControlGroups, NoLimits> {
        if setting == "off" { return .failure(NoLimits("the configuration says so")) }
        guard access("/sys/fs/cgroup/cgroup.controllers", F_OK) == 0 else {
            return .failure(NoLimits("this machine has no cgroups of version 2"))
        }
        let base: String
        if setting == "auto" {
            let own = ProcFile.text("/proc/self/cgroup")?.split(separator: "\n").first { $0.hasPrefix("0::/") }
            // Only that name says that what lies above was given to this process, and not to a whole session.
            guard let path = own?.dropFirst(3), path.hasSuffix("/\(subgroup)"), let cut = path.lastIndex(of: "/"),
                cut > path.startIndex
            else {
                return .failure(NoLimits("this process has no cgroup to divide; see docs/local.md"))
            }
            base = "/sys/fs/cgroup\(path[..<cut])"
        } else {
            base = setting
        }
        return ControlGroups(base: base).prepared()
    }

    /// Lets its children be limited.
    private func prepared() -> Result<ControlGroups, NoLimits> {
        guard access(base, W_OK) == 0 else { return .failure(NoLimits("\(base) may not be written to")) }
        let offered = Set((ProcFile.text("\(base)/cgroup.controllers") ?? "").split { $0.isWhitespace })
        guard offered.isSuperset(of: ["cpu", "memory"]) else {
            return .failure(NoLimits("\(base) has not been given cpu and memory"))
        }
        guard ProcFile.write("+cpu +memory", to: "\(base)/cgroup.subtree_control") else {
            return .failure(NoLimits("\(base) cannot be divided: processes are in it"))
        }
        return .success(self)
    }

    func group(of job: Int) -> ControlGroup { ControlGroup(path: "\(base)/interlink-job-\(job)") }
}

/// Why jobs are not limited.
struct NoLimits: Error, CustomStringConvertible {
    let description: String

    init(_ why: String) { description = why }
}

/// The cgroup of a job.
struct ControlGroup: Equatable, Sendable {
    private static let period = 100_000
    let path: String

    /// Makes it with its limits; false where it cannot be made.
    func make(for room: Room) -> Bool {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { return false }
        var isLimited = true
        if room.memory > 0 {
            isLimited = ProcFile.write("\(room.memory)", to: "\(path)/memory.max") && isLimited
            // Without this a job that swaps instead of ending takes the machine with it. Not every kernel has it.
            _ = ProcFile.write("0", to: "\(path)/memory.swap.max")
        }
        if room.cpus > 0 {
            isLimited = ProcFile.write("\(room.cpus * Self.period) \(Self.period)", to: "\(path)/cpu.max") && isLimited
        }
        return isLimited
    }

    var isEmpty: Bool { (ProcFile.text("\(path)/cgroup.procs") ?? "").isEmpty }

    /// Whether memory ran out in it.
    var ranOutOfMemory: Bool {
        let events = ProcFile.text("\(path)/memory.events") ?? ""
        return events.split(separator: "\n").contains { $0.hasPrefix("oom_kill ") && !$0.hasSuffix(" 0") }
    }

    /// Ends all in it at once, where the kernel can (5.14).
    func killAll() { _ = ProcFile.write("1", to: "\(path)/cgroup.kill") }

    func remove() { rmdir(path) }
}
