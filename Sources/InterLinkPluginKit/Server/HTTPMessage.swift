/// The methods that the server knows; others are answered with 501.
enum HTTPMethod: String, Sendable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"
}

/// The code of an answer.
struct HTTPStatus: Hashable, Sendable, CustomStringConvertible {
    let code: Int
    let reason: String

    init(_ code: Int, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    static let ok = HTTPStatus(200, "OK")
    static let noContent = HTTPStatus(204, "No Content")
    static let badRequest = HTTPStatus(400, "Bad Request")
    static let unauthorized = HTTPStatus(401, "Unauthorized")
    static let forbidden = HTTPStatus(403, "Forbidden")
    static let notFound = HTTPStatus(404, "Not Found")
    static let methodNotAllowed = HTTPStatus(405, "Method Not Allowed")
    static let requestTimeout = HTTPStatus(408, "Request Timeout")
    static let conflict = HTTPStatus(409, "Conflict")
    static let contentTooLarge = HTTPStatus(413, "Content Too Large")
    static let uriTooLong = HTTPStatus(414, "URI Too Long")
    static let unsupportedMediaType = HTTPStatus(415, "Unsupported Media Type")
    static let expectationFailed = HTTPStatus(417, "Expectation Failed")
    static let unprocessableContent = HTTPStatus(422, "Unprocessable Content")
    static let headerFieldsTooLarge = HTTPStatus(431, "Request Header Fields Too Large")
    static let internalServerError = HTTPStatus(500, "Internal Server Error")
    static let notImplemented = HTTPStatus(501, "Not Implemented")
    static let serviceUnavailable = HTTPStatus(503, "Service Unavailable")
    static let gatewayTimeout = HTTPStatus(504, "Gateway Timeout")
    static let versionNotSupported = HTTPStatus(505, "HTTP Version Not Supported")

    var description: String { "\(code) \(reason)" }

    /// Whether an answer with this code may carry a body.
    var allowsBody: Bool { code >= 200 && code != 204 && code != 304 }
}

/// Who has sent a request.
enum HTTPPeer: Hashable, Sendable {
    /// A process of this machine, as the kernel names it.
    case local(user: UInt32, group: UInt32, process: Int32)
    /// An address such as `127.0.0.1:4711`.
    case network(String)
}

/// A whole request, its body unpacked.
struct HTTPRequest: Sendable {
    var method: HTTPMethod
    /// As it was sent: begins with `/`, percent-encoding is left in place.
    var path: String
    /// What follows the question mark, or nil when there is none.
    var query: String?
    var headers: HTTPHeaders
    var body: [UInt8]
    var peer: HTTPPeer

    init(
        _ method: HTTPMethod, _ path: String, query: String? = nil, headers: HTTPHeaders = [:], body: [UInt8] = [],
        peer: HTTPPeer = .local(user: 0, group: 0, process: 0)
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.peer = peer
    }
}

/// An answer: a body from memory, or one that is written bit by bit.
struct HTTPResponse: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        /// Runs in the global pool. An error breaks the connection off, so that the client knows that bytes are
        /// missing. The task is cancelled when the client leaves.
        case stream(@Sendable (HTTPBodyWriter) async throws -> Void)
    }

    var status: HTTPStatus
    /// Content-Length, Transfer-Encoding, Connection and Date are added by the server.
    var headers: [(name: String, value: String)]
    var body: Body
    /// Hears, once, whether the whole answer has left for the client.
    var sent: (@Sendable (Bool) async -> Void)?

    init(_ status: HTTPStatus = .ok, headers: [(name: String, value: String)] = [], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A body of plain text, closed by a line break.
    static func text(_ text: String, status: HTTPStatus = .ok) -> HTTPResponse {
        HTTPResponse(
            status, headers: [("Content-Type", "text/plain; charset=utf-8")],
            body: .bytes(Array(text.utf8) + [UInt8(ascii: "\n")]))
    }

    static func json(_ bytes: [UInt8], status: HTTPStatus = .ok) -> HTTPResponse {
        HTTPResponse(status, headers: [("Content-Type", "application/json")], body: .bytes(bytes))
    }
}

/// Answers requests.
protocol HTTPHandler: Sendable {
    /// An answer from memory, within microseconds; nil if it takes more than that.
    ///
    /// Runs on the event loop, where nothing may block: every other connection of the loop waits for it.
    func answerFromMemory(_ request: HTTPRequest) -> HTTPResponse?

    /// Every other answer; runs in the global pool.
    ///
    /// It is left to finish when the client leaves, and cancelled only when the server stops and its time is over.
    func answer(_ request: HTTPRequest) async -> HTTPResponse
}

extension HTTPHandler {
    func answerFromMemory(_ request: HTTPRequest) -> HTTPResponse? { nil }
}
