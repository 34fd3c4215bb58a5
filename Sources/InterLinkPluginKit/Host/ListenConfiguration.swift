/// Where interLink is listened to: a unix socket, a TCP address, sockets that systemd has opened, or several of them.
package struct ListenConfiguration: ConfigurationSection {
    package var unix: UnixConfiguration?
    package var tcp: TCPConfiguration?
    package var systemd: SystemdConfiguration?

    package init() {}

    package func validate() -> [ConfigurationProblem] {
        guard unix == nil, tcp == nil, systemd == nil else { return [] }
        return [
            ConfigurationProblem(
                "", "names no place to listen",
                advice: "give listen.unix.path, which interLink's SidecarURL unix://… names, or listen.tcp.port")
        ]
    }
}

/// A unix socket, the safest way to be reached from the same machine.
package struct UnixConfiguration: ConfigurationSection {
    @Required package var path: String
    package var mode = FileMode(bits: 0o600)
    /// A name of `/etc/passwd`, or a number.
    package var owner: String?
    /// A name of `/etc/group`, or a number.
    package var group: String?
    /// Who may connect. Absent: everybody whom the mode lets in.
    package var allowedUsers: [String]?
    /// Take the socket over from another process that listens there, which is then to be ended.
    package var takeOver = false

    package init() {}

    package func validate() -> [ConfigurationProblem] {
        path.hasPrefix("/") ? [] : [ConfigurationProblem("path", "is not an absolute path", advice: "begin it with /")]
    }

    var listener: UnixListener {
        var listener = UnixListener(path: path)
        listener.mode = mode.bits
        listener.owner = owner
        listener.group = group
        listener.allowedUsers = allowedUsers
        listener.whenInUse = takeOver ? .takeOver : .refuse
        return listener
    }
}

/// A TCP address: of this machine only, unless a token protects it.
package struct TCPConfiguration: ConfigurationSection {
    package var host = "127.0.0.1"
    @Required package var port: Int
    /// The file with the bearer token that clients must show.
    package var tokenFile: String?

    package init() {}

    package func validate() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        if !(0...65_535).contains(port) {
            problems.append(ConfigurationProblem("port", "is no TCP port", advice: "write a number from 1 to 65535"))
        }
        if tokenFile == nil, !Self.isLoopback(host) {
            problems.append(
                ConfigurationProblem(
                    "host", "lets others than this machine in, and there is no token",
                    advice: "name a tokenFile beside it, or listen on 127.0.0.1"))
        }
        return problems
    }

    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && !host.contains(":"))
    }

    var listener: TCPListener {
        TCPListener(host: host, port: UInt16(clamping: port), tokenFile: tokenFile)
    }
}

/// Sockets that systemd has opened for this process.
package struct SystemdConfiguration: ConfigurationSection {
    /// Who may connect to a unix socket. Absent: everybody whom its mode lets in.
    package var allowedUsers: [String]?
    /// The file with the bearer token that clients of a TCP socket must show.
    package var tokenFile: String?

    package init() {}
}

extension ListenConfiguration {
    /// The listeners, with the descriptors that systemd has passed.
    func listeners(inherited: [Int32]) throws(HTTPListenerError) -> [HTTPListener] {
        var listeners: [HTTPListener] = []
        if let systemd {
            guard !inherited.isEmpty else {
                throw HTTPListenerError("listen.systemd is set, and systemd has passed no socket (LISTEN_FDS)")
            }
            listeners += inherited.map { descriptor in
                .inherited(
                    InheritedListener(
                        descriptor: descriptor, allowedUsers: systemd.allowedUsers, tokenFile: systemd.tokenFile))
            }
        }
        if let unix { listeners.append(.unix(unix.listener)) }
        if let tcp { listeners.append(.tcp(tcp.listener)) }
        return listeners
    }
}
