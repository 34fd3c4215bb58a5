import CLinux
import Glibc
import InterLinkPluginKit
import InterLinkSystem

/// A process that is told from every other that ever had its number.
struct JobProcess: Equatable, Sendable {
    let pid: pid_t
    /// In ticks of the clock since the machine was started.
    let started: UInt64
    /// The start of the machine.
    let boot: String

    init(pid: pid_t, started: UInt64, boot: String) {
        self.pid = pid
        self.started = started
        self.boot = boot
    }

    /// The process that has this number now; nil where there is none.
    init?(now pid: pid_t, boot: String) {
        guard let stat = ProcessStat(pid) else { return nil }
        self.init(pid: pid, started: stat.started, boot: boot)
    }

    /// It runs, and is not only waiting to be reaped.
    func isAlive(on machine: Machine) -> Bool {
        guard boot == machine.boot, let stat = ProcessStat(pid) else { return false }
        return stat.started == started && !stat.hasEnded
    }

    /// Sends a signal to just this process; false when it is gone.
    func signal(_ number: Int32, on machine: Machine) -> Bool {
        let handle = il_pidfd_open(pid)
        defer { if handle >= 0 { close(handle) } }
        // Looked at after it is held, so that what is looked at is what is held.
        guard isAlive(on: machine) else { return false }
        if handle >= 0, il_pidfd_signal(handle, number) == 0 { return true }
        return kill(pid, number) == 0
    }

    /// Returns when it has ended.
    func end(on machine: Machine, loop: EventLoop) async {
        let handle = il_pidfd_open(pid)
        if handle >= 0 {
            let descriptor = FileDescriptor(owning: handle)
            guard isAlive(on: machine) else { return }
            if (try? await loop.readable(descriptor.rawValue)) != nil { return }
        }
        // An old kernel: look again and again.
        while isAlive(on: machine), (try? await Task.sleep(for: .milliseconds(250))) != nil {}
    }
}

/// What /proc says of a process.
struct ProcessStat {
    let hasEnded: Bool
    let session: pid_t
    let started: UInt64

    init?(_ pid: pid_t) {
        guard let text = ProcFile.text("/proc/\(pid)/stat"), let end = text.lastIndex(of: ")") else { return nil }
        // The name in parentheses may hold anything; after it the fields are plain, the state being the first.
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 19, let session = pid_t(fields[3]), let started = UInt64(fields[19]) else { return nil }
        hasEnded = ["Z", "X", "x"].contains(fields[0])
        self.session = session
        self.started = started
    }
}
