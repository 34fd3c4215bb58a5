/// Why there is no answer: what was asked, what failed, and whether the server may know of it.
///
/// An answer with a code of 400 or 500 is an answer, not an error. Neither the text nor the properties hold
/// credentials: the URL has lost its query.
public struct HTTPClientError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What failed.
    public enum Cause: Hashable, Sendable {
        /// The request cannot be sent as it is.
        case invalidRequest
        /// The token or password could not be had.
        case credentials
        /// The name of the server is not known.
        case nameNotFound
        /// Nobody accepted the connection.
        case unreachable
        /// TLS: a certificate that is not trusted, or no common ground.
        case tls
        /// It took longer than allowed.
        case timedOut(Step)
        /// The connection broke before the answer was complete.
        case connectionLost
        /// What came is not HTTP.
        case malformedAnswer
        /// The answer is longer than allowed.
        case answerTooLarge
        /// The task was cancelled, or the stream was dropped.
        case cancelled
        /// The client was closed.
        case closed
        /// libcurl could not do its work, for instance for want of memory or descriptors.
        case system
    }

    /// The step that a deadline bounds; see `HTTPClient.Deadlines`.
    public enum Step: String, Hashable, Sendable {
        case connect, headers, stall, total
    }

    /// The method that was asked.
    public let method: HTTPClient.Method
    /// The URL that was asked, without user, password, query and fragment.
    public let url: String
    /// The unix socket, if one was asked.
    public let socketPath: String?
    /// What failed.
    public let cause: Cause
    /// Why, for people.
    public let detail: String
    /// Whether the request, or a part of it, may have reached the server. When `false` it is safe to ask again, whatever
    /// was asked.
    public let mayHaveBeenReceived: Bool

    /// All of it in one line.
    public var description: String {
        let place = socketPath.map { "\(url) at \($0)" } ?? url
        let doubt = mayHaveBeenReceived ? " (the server may have received the request)" : ""
        return "\(method) \(place): \(detail)\(doubt)"
    }
}

/// A cause with its words, before it is known what was asked.
struct Failure: Error, Hashable {
    let cause: HTTPClientError.Cause
    let detail: String

    init(_ cause: HTTPClientError.Cause, _ detail: String) {
        self.cause = cause
        self.detail = detail
    }
}
