public import InterLinkHTTPClient

/// Why there was no load at all.
public enum LoadError: Error, Sendable, CustomStringConvertible {
    /// The options make no sense.
    case options(String)
    /// Nobody answers there.
    case unreachable(InterLinkEndpoint, String)
    /// This machine could not do it.
    case system(String)

    /// In words.
    public var description: String {
        switch self {
        case .options(let problem): problem
        case .unreachable(let endpoint, let why): "no plugin answers at \(endpoint): \(why)"
        case .system(let why): why
        }
    }
}
