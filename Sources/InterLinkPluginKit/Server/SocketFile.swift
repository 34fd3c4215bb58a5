private import CLinux
import Glibc
import InterLinkSystem

/// The file of a unix socket that this process has made.
struct SocketFile: Sendable {
    private let path: String
    private let device: UInt64
    private let inode: UInt64

    /// A second name for the socket whose place this one took, until that is certain: a process that gives up before it
    /// serves puts the other one back.
    private var replaced: String { "\(path).replaced" }

    /// Makes a listening socket at a path.
    ///
    /// The file is made beside its place with the right mode and owner, and moved there when it listens: nobody finds
    /// it half done, and when another process hands over, at no moment is nobody listening.
    static func bind(_ unix: UnixListener) throws(HTTPListenerError) -> (FileDescriptor, SocketFile) {
        let path = unix.path
        let temporary = "\(path).\(getpid())"
        guard path.utf8.first == UInt8(ascii: "/") else {
            throw HTTPListenerError("the socket path \(path) must begin with /")
        }
        guard let address = SocketAddress(path: temporary) else {
            throw HTTPListenerError(
                "the socket path \(path) is longer than \(107 - temporary.utf8.count + path.utf8.count) bytes, which is all that the system takes"
            )
        }
        try checkPlace(unix)
        let descriptor = FileDescriptor(
            owning: socket(AF_UNIX, ListeningSocket.streamSocket | Int32(SOCK_NONBLOCK.rawValue), 0))
        guard descriptor.isOpen else { throw failed(path, "socket") }
        unlink(temporary)
        guard address.withPointer({ Glibc.bind(descriptor.rawValue, $0, $1) }) == 0 else { throw failed(path, "bind") }
        do throws(HTTPListenerError) {
            try assign(unix, temporary)
            var status = stat()
            guard listen(descriptor.rawValue, ListeningSocket.backlog) == 0 else { throw failed(path, "listen") }
            guard lstat(temporary, &status) == 0 else { throw failed(path, "lstat") }
            let file = SocketFile(path: path, device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
            unlink(file.replaced)
            if unix.whenInUse == .takeOver { link(path, file.replaced) }
            guard rename(temporary, path) == 0 else { throw failed(path, "rename") }
            return (descriptor, file)
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// From now on nothing is put back.
    func keepPlace() {
        unlink(replaced)
    }

    /// Removes the file if it is still ours, or puts back the one that was there before.
    func remove() {
        var status = stat()
        guard lstat(path, &status) == 0, UInt64(status.st_dev) == device, UInt64(status.st_ino) == inode else { return }
        if rename(replaced, path) != 0 { unlink(path) }
    }

    /// Refuses a place that holds anything but a socket that nobody listens on.
    private static func checkPlace(_ unix: UnixListener) throws(HTTPListenerError) {
        var status = stat()
        guard lstat(unix.path, &status) == 0 else {
            if errno == ENOENT { return }
            throw failed(unix.path, "lstat")
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw HTTPListenerError("\(unix.path) exists and is not a socket; remove it or choose another path")
        }
        if unix.whenInUse == .refuse, let process = listener(at: unix.path) {
            throw HTTPListenerError("another process (\(process)) listens on \(unix.path); stop it first")
        }
    }

    /// The process that listens at a path, or nil when the file was left behind.
    private static func listener(at path: String) -> pid_t? {
        guard let address = SocketAddress(path: path) else { return nil }
        let probe = FileDescriptor(
            owning: socket(AF_UNIX, ListeningSocket.streamSocket | Int32(SOCK_NONBLOCK.rawValue), 0))
        let connected = address.withPointer { connect(probe.rawValue, $0, $1) } == 0
        // A full queue is somebody's, too.
        guard connected || errno == EAGAIN || errno == EACCES else { return nil }
        var process: pid_t = 0
        var user: uid_t = 0
        var group: gid_t = 0
        _ = il_peer_credentials(probe.rawValue, &process, &user, &group)
        return process
    }

    private static func assign(_ unix: UnixListener, _ file: String) throws(HTTPListenerError) {
        guard chmod(file, unix.mode) == 0 else { throw failed(unix.path, "chmod") }
        guard unix.owner != nil || unix.group != nil else { return }
        // The largest number stands for "leave it".
        let owner: uid_t = if let name = unix.owner { try LocalAccounts.user(name) } else { .max }
        let group: gid_t = if let name = unix.group { try LocalAccounts.group(name) } else { .max }
        guard lchown(file, owner, group) == 0 else { throw failed(unix.path, "chown") }
    }

    private static func failed(_ path: String, _ call: String) -> HTTPListenerError {
        HTTPListenerError("cannot listen on \(path)", SystemError(call))
    }
}
