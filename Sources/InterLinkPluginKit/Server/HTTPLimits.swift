/// How much of everything one server takes, and how long it waits.
struct HTTPLimits: Sendable {
    /// Bytes of the request line; beyond them 414.
    var requestLine = 8 << 10
    /// Bytes of request line and header fields together; beyond them 431.
    var head = 32 << 10
    var headerFields = 100
    /// Bytes of a body, and of the same body unpacked; beyond them 413.
    var body = 64 << 20
    /// Bytes of all bodies in memory together; beyond them 503.
    var allBodies = 256 << 20
    /// Connections at a time; one more is answered with 503. Fewer where the process may not open that many files.
    var connections = 16_384

    /// From the first byte of a request to the end of its head.
    var headTime = Duration.seconds(10)
    /// For the whole body.
    var bodyTime = Duration.seconds(120)
    /// Between requests. Longer than the 120 s for which the API server keeps connections: Go does not repeat a POST
    /// that meets a connection just closed.
    var idleTime = Duration.seconds(180)
    /// Without the client taking one byte of the answer.
    var writeTime = Duration.seconds(30)
    /// For reading what a client goes on sending after its request was refused, so that it gets to read the answer.
    var lingerTime = Duration.seconds(2)
}

/// A request that is refused before any handler sees it: the code, and what was wrong with it.
struct HTTPFault: Error, Hashable, CustomStringConvertible {
    let status: HTTPStatus
    let reason: String
    /// When to come back, in seconds.
    var retryAfter: Int?

    init(_ status: HTTPStatus, _ reason: String, retryAfter: Int? = nil) {
        self.status = status
        self.reason = reason
        self.retryAfter = retryAfter
    }

    static func bad(_ reason: String) -> HTTPFault { HTTPFault(.badRequest, reason) }

    var description: String { "\(status): \(reason)" }

    var response: HTTPResponse {
        var response = HTTPResponse.text(reason, status: status)
        if let retryAfter { response.headers.append(("Retry-After", String(retryAfter))) }
        if status == .unauthorized { response.headers.append(("WWW-Authenticate", "Bearer")) }
        return response
    }
}
