extension HTTPClient {
    /// What holds for all requests of a client.
    public struct Configuration: Sendable {
        /// How servers are trusted, and with which certificate the client names itself.
        public var tls = TLS()
        /// Through whom; the environment of the process is not asked unless it is said here.
        public var proxy = Proxy.none
        /// Who asks, unless the request says.
        public var credentials: HTTPCredentials?
        /// Times, unless the request says.
        public var deadlines = Deadlines()
        /// The longest body of an answer that `send` collects, unless the request says. Streams have no limit.
        public var answerLimit = 64 << 20
        /// Connections to one server at once; further requests wait. Zero: as many as are asked for.
        public var connectionsPerHost = 0
        /// Idle connections that are kept for later.
        public var idleConnections = 64
        /// The `User-Agent` field.
        public var userAgent = "interlink-swift-sdk"

        /// The defaults.
        public init() {}
    }

    /// Trust. By default the certificate authorities of the system, and nothing older than TLS 1.2.
    public struct TLS: Hashable, Sendable {
        /// The oldest version that is spoken.
        public enum Version: Hashable, Sendable {
            case v1_2, v1_3
        }

        /// A PEM file of certificate authorities to trust instead of those of the system.
        public var authorities: String?
        /// A PEM file with the certificate of this client, and those between it and its authority.
        public var certificate: String?
        /// A PEM file with the private key of `certificate`.
        public var privateKey: String?
        /// The oldest version that is spoken.
        public var minimumVersion = Version.v1_2
        /// Whether the server must prove that it is who it says. Without it anybody on the way can read and change all.
        public var verifiesServer = true

        /// The defaults.
        public init() {}
    }

    /// Through whom requests go. Unix sockets never use a proxy.
    public enum Proxy: Hashable, Sendable, CustomStringConvertible {
        /// Directly.
        case none
        /// As `http_proxy`, `https_proxy` and `no_proxy` of the process say.
        case environment
        /// Through that proxy (`http://host:port`), except to these hosts and domains.
        case url(String, except: [String])

        /// Without the address, which may hold a password.
        public var description: String {
            switch self {
            case .none: "none"
            case .environment: "as the environment says"
            case .url: "as configured"
            }
        }
    }
}
