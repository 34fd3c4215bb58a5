import CLinux
import Glibc
import InterLinkHTTPClient
import InterLinkSystem

/// The process that listens on a unix socket, where it is one of this machine that we can see.
struct PeerProcess: Sendable {
    let id: pid_t

    /// Asks the kernel who listens. May wait a moment for a place in the socket's queue.
    init?(at endpoint: InterLinkEndpoint) {
        guard case .unixSocket(let path) = endpoint else { return nil }
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { return nil }
        let descriptor = FileDescriptor(owning: number)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor.rawValue, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        var process: pid_t = 0
        var user: uid_t = 0
        var group: gid_t = 0
        guard code == 0, il_peer_credentials(descriptor.rawValue, &process, &user, &group) == 0, process > 0 else {
            return nil
        }
        id = process
    }

    /// What it uses now; nil if it has ended or may not be looked at.
    func use() -> ProcessUse? {
        let number = open("/proc/\(id)/stat", O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return nil }
        let descriptor = FileDescriptor(owning: number)
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor.rawValue, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return ProcessUse(stat: String(decoding: bytes[..<count], as: UTF8.self))
    }
}

/// Memory and processor time of a process, with that of its children that have ended.
struct ProcessUse: Equatable, Sendable {
    /// Bytes in memory.
    let memory: Int
    let processorTime: Duration

    /// Reads a line of `/proc/PID/stat`. The name in it may hold spaces and brackets.
    init?(stat: String) {
        guard let name = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: name)...].split(separator: " ").map(String.init)
        // The first field here is the third of the line; proc(5) counts from one.
        func field(_ number: Int) -> Int? { number - 3 < fields.count ? Int(fields[number - 3]) : nil }
        guard let pages = field(24) else { return nil }
        let ticks = (14...17).compactMap(field).reduce(0, +)
        memory = pages * sysconf(Int32(_SC_PAGESIZE))
        processorTime = .seconds(Double(ticks) / Double(max(1, sysconf(Int32(_SC_CLK_TCK)))))
    }
}
