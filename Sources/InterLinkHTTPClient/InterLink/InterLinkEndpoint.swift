/// Where a plugin listens.
public enum InterLinkEndpoint: Hashable, Sendable, CustomStringConvertible {
    /// At a unix socket, by its absolute path.
    case unixSocket(String)
    /// At that URL, without a slash at its end: `http://edge.example:4000`.
    case url(String)

    /// Reads what people write: `unix:///run/plugin.sock`, `/run/plugin.sock`, `http://…` or `https://…`.
    public init?(_ text: String) {
        if text.hasPrefix("unix:///") {
            self = .unixSocket(String(text.dropFirst("unix://".count)))
        } else if text.hasPrefix("/") {
            self = .unixSocket(text)
        } else if text.hasPrefix("http://") || text.hasPrefix("https://") {
            let end = text.lastIndex { $0 != "/" } ?? text.startIndex
            self = .url(String(text[...end]))
        } else {
            return nil
        }
    }

    /// As people write it, without secrets.
    public var description: String {
        switch self {
        case .unixSocket(let path): "unix://\(path)"
        case .url(let url): TransferPlan.withoutSecrets(url)
        }
    }

    func request(_ method: HTTPClient.Method, _ path: String, body: [UInt8]) -> HTTPClient.Request {
        switch self {
        case .unixSocket(let socket):
            // The name that the API server of interLink uses.
            var request = HTTPClient.Request(method, "http://unix\(path)", body: body)
            request.socketPath = socket
            return request
        case .url(let url):
            return HTTPClient.Request(method, url + path, body: body)
        }
    }
}
