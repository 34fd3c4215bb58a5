/// Where a server listens.
enum HTTPListener: Sendable {
    case unix(UnixListener)
    case tcp(TCPListener)
    /// A socket that systemd has opened: see `ServiceManager.sockets()`.
    case inherited(InheritedListener)
}

struct UnixListener: Sendable {
    var path: String
    var mode: UInt32 = 0o600
    /// The names or numbers that the socket is given to; nil leaves it to the user of this process.
    var owner: String?
    var group: String?
    /// Names or numbers of the users who may connect; nil: everybody whom the mode lets in.
    var allowedUsers: [String]?
    /// What to do when another process listens there.
    var whenInUse = WhenInUse.refuse

    enum WhenInUse: Sendable {
        case refuse
        /// Replace it: new connections come here at once, those of the other process stay with it.
        case takeOver
    }

    init(path: String) {
        self.path = path
    }
}

struct TCPListener: Sendable {
    /// An IPv4 or IPv6 address, or `localhost`.
    var host = "127.0.0.1"
    /// 0 chooses a free one.
    var port: UInt16
    /// The file with the token that clients must show.
    var tokenFile: String?

    init(host: String = "127.0.0.1", port: UInt16, tokenFile: String? = nil) {
        self.host = host
        self.port = port
        self.tokenFile = tokenFile
    }
}

struct InheritedListener: Sendable {
    var descriptor: Int32
    var allowedUsers: [String]?
    var tokenFile: String?

    init(descriptor: Int32, allowedUsers: [String]? = nil, tokenFile: String? = nil) {
        self.descriptor = descriptor
        self.allowedUsers = allowedUsers
        self.tokenFile = tokenFile
    }
}

/// An address that is listened on.
enum HTTPAddress: Hashable, Sendable, CustomStringConvertible {
    case unix(String)
    case tcp(host: String, port: UInt16)

    var description: String {
        switch self {
        case .unix(let path): "unix://\(path)"
        case .tcp(let host, let port): host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
        }
    }
}
