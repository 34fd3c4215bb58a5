import CLinux
import Glibc
import InterLinkSystem

/// Tells when a child has ended, without reaping it.
///
/// By a pidfd; and where there is none, on an old kernel or for want of descriptors, by asking again and again.
final class ExitWatch: Sendable {
    private let pid: pid_t
    private let loop: EventLoop
    private let descriptor: FileDescriptor?
    private let watch: DescriptorWatch?

    init(_ pid: pid_t, on loop: EventLoop) {
        self.pid = pid
        self.loop = loop
        let number = il_pidfd_open(pid)
        descriptor = number < 0 ? nil : FileDescriptor(owning: number)
        watch = number < 0 ? nil : try? loop.watch(number)
    }

    deinit {
        watch?.end()
    }

    /// Waits for the end; `false` when the deadline comes first.
    func wait(until deadline: ContinuousClock.Instant?) async -> Bool {
        if let watch {
            do {
                try await watch.readable(until: deadline)
                return true
            } catch WaitError.timedOut {
                return hasEnded
            } catch {
                // The loop has stopped; asking still works.
            }
        }
        var pause = Duration.milliseconds(1)
        while !hasEnded {
            if let deadline, deadline <= .now { return false }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(50))
        }
        return true
    }

    private var hasEnded: Bool {
        var information = siginfo_t()
        let code = waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT)
        // Nothing to wait for means that it has ended and somebody else has reaped it.
        return code != 0 || information._sifields._kill.si_pid == pid
    }
}
