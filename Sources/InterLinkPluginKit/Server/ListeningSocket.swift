private import CLinux
import Glibc
import InterLinkSystem

/// A socket that takes connections, and whom it lets in.
final class ListeningSocket: Sendable {
    let descriptor: FileDescriptor
    let address: HTTPAddress
    let allowedUsers: Set<UInt32>?
    let token: BearerToken?
    /// Whether a service manager holds the socket, too, and hands what waits in its queue to the next process.
    let isInherited: Bool
    /// The socket file that is ours to remove.
    private let file: SocketFile?

    init(
        _ descriptor: FileDescriptor, _ address: HTTPAddress, allowedUsers: Set<UInt32>? = nil,
        token: BearerToken? = nil, isInherited: Bool = false, file: SocketFile? = nil
    ) {
        self.descriptor = descriptor
        self.address = address
        self.allowedUsers = allowedUsers
        self.token = token
        self.isInherited = isInherited
        self.file = file
    }

    static func open(_ listener: HTTPListener) throws(HTTPListenerError) -> ListeningSocket {
        switch listener {
        case .unix(let unix): try open(unix)
        case .tcp(let tcp): try open(tcp)
        case .inherited(let inherited): try adopt(inherited)
        }
    }

    /// All of them, or none.
    static func open(_ listeners: [HTTPListener]) throws(HTTPListenerError) -> [ListeningSocket] {
        var sockets: [ListeningSocket] = []
        do {
            for listener in listeners { sockets.append(try open(listener)) }
        } catch {
            for socket in sockets { socket.close() }
            throw error
        }
        return sockets
    }

    /// The socket is served from now on: one that it took the place of is not put back any more.
    func keepPlace() {
        file?.keepPlace()
    }

    /// Lets nobody else find the socket. The file stays if another process has put its own there.
    func removeFile() {
        file?.remove()
    }

    /// Ends listening.
    func close() {
        removeFile()
        descriptor.close()
    }

    private static func open(_ tcp: TCPListener) throws(HTTPListenerError) -> ListeningSocket {
        let token: BearerToken? = if let path = tcp.tokenFile { try BearerToken(path: path) } else { nil }
        guard let address = SocketAddress(host: tcp.host, port: tcp.port) else {
            throw HTTPListenerError("\(tcp.host) is neither an IPv4 nor an IPv6 address, nor localhost")
        }
        let descriptor = FileDescriptor(
            owning: socket(address.family, streamSocket | Int32(SOCK_NONBLOCK.rawValue), 0))
        let name = HTTPAddress.tcp(host: tcp.host, port: tcp.port)
        guard descriptor.isOpen else { throw HTTPListenerError("cannot listen on \(name)", SystemError("socket")) }
        // Accepted sockets inherit TCP_NODELAY.
        for (level, option) in [(SOL_SOCKET, SO_REUSEADDR), (Int32(IPPROTO_TCP), TCP_NODELAY)] {
            setOption(descriptor, level, option)
        }
        if address.family == AF_INET6 { setOption(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY) }
        guard address.withPointer({ bind(descriptor.rawValue, $0, $1) }) == 0 else {
            throw HTTPListenerError("cannot listen on \(name)", SystemError("bind"))
        }
        guard listen(descriptor.rawValue, backlog) == 0 else {
            throw HTTPListenerError("cannot listen on \(name)", SystemError("listen"))
        }
        return ListeningSocket(descriptor, SocketAddress.local(of: descriptor)?.httpAddress ?? name, token: token)
    }

    private static func open(_ unix: UnixListener) throws(HTTPListenerError) -> ListeningSocket {
        let users = try allowed(unix.allowedUsers)
        let (descriptor, file) = try SocketFile.bind(unix)
        return ListeningSocket(descriptor, .unix(unix.path), allowedUsers: users, file: file)
    }

    private static func adopt(_ inherited: InheritedListener) throws(HTTPListenerError) -> ListeningSocket {
        let descriptor = FileDescriptor(owning: inherited.descriptor)
        var isListening: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor.rawValue, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &length) == 0, isListening != 0,
            let address = SocketAddress.local(of: descriptor)?.httpAddress
        else {
            throw HTTPListenerError("\(descriptor) is not a listening stream socket of unix or TCP")
        }
        do {
            try descriptor.setNonBlocking()
        } catch {
            throw HTTPListenerError("\(descriptor) cannot be used", error)
        }
        _ = fcntl(descriptor.rawValue, F_SETFD, FD_CLOEXEC)
        setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
        let token: BearerToken? = if let path = inherited.tokenFile { try BearerToken(path: path) } else { nil }
        return ListeningSocket(
            descriptor, address, allowedUsers: try allowed(inherited.allowedUsers), token: token, isInherited: true)
    }

    private static func allowed(_ names: [String]?) throws(HTTPListenerError) -> Set<UInt32>? {
        guard let names else { return nil }
        var users: Set<UInt32> = []
        for name in names { users.insert(try LocalAccounts.user(name)) }
        return users
    }

    static let streamSocket = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    static let backlog: Int32 = 4096
}

private func setOption(_ descriptor: FileDescriptor, _ level: Int32, _ option: Int32) {
    var one: Int32 = 1
    setsockopt(descriptor.rawValue, level, option, &one, socklen_t(MemoryLayout<Int32>.size))
}
