private import CLinux
import Glibc
import InterLinkSystem

/// What systemd hands to a service, and what it wants to hear.
enum ServiceManager {
    /// The descriptors of the listening sockets that systemd has opened for this process (`LISTEN_FDS`).
    ///
    /// To be called once, before other threads run: the environment is changed, so that children do not take the
    /// sockets for theirs.
    static func sockets() -> [Int32] {
        defer { for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) } }
        guard let process = environment("LISTEN_PID"), pid_t(process) == getpid(),
            let text = environment("LISTEN_FDS"), let count = Int32(text), 1...1024 ~= count
        else { return [] }
        let descriptors = Array(3..<(3 + count))
        for descriptor in descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        return descriptors
    }

    /// Tells the state of the service, such as `READY=1` or `STOPPING=1`. Does nothing without a service manager.
    static func notify(_ state: String) throws(SystemError) {
        guard let path = environment("NOTIFY_SOCKET"), let address = SocketAddress(path: path) else { return }
        let descriptor = FileDescriptor(
            owning: socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
        let bytes = Array(state.utf8)
        let sent = address.withPointer { address, length in
            sendto(descriptor.rawValue, bytes, bytes.count, Int32(MSG_NOSIGNAL), address, length)
        }
        guard sent == bytes.count else { throw SystemError("sendto", path) }
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
