import CCurl

/// How an answer's body gets to the caller.
enum Delivery: Hashable, Sendable {
    case collected(limit: Int)
    case streamed(limit: Int?)

    var limit: Int? {
        switch self {
        case .collected(let limit): limit
        case .streamed(let limit): limit
        }
    }
}

/// A request that has been checked, in the words of libcurl.
struct TransferPlan: Sendable {
    let method: HTTPClient.Method
    let url: String
    let socketPath: String?
    let body: [UInt8]?
    let deadlines: HTTPClient.Deadlines
    let delivery: Delivery
    let isIdempotent: Bool
    private(set) var headerLines: [String] = []

    /// The longest path that fits into a socket address with its closing zero.
    private static let longestSocketPath = 107

    init(
        _ request: HTTPClient.Request, _ configuration: HTTPClient.Configuration, _ delivery: Delivery
    ) throws(Failure) {
        guard Self.isToken(request.method.rawValue) else {
            throw Failure(.invalidRequest, "the method is not a word of HTTP")
        }
        try Self.check(url: request.url)
        if let path = request.socketPath {
            guard !path.isEmpty, path.utf8.count <= Self.longestSocketPath, !path.utf8.contains(0) else {
                throw Failure(
                    .invalidRequest,
                    "the path of a socket has 1 to \(Self.longestSocketPath) bytes: \(path.debugDescription)")
            }
        }
        method = request.method
        url = request.url
        socketPath = request.socketPath
        body = request.body
        deadlines = request.deadlines ?? configuration.deadlines
        self.delivery = delivery
        isIdempotent = request.isIdempotent
        for field in request.headers.fields { try add(field) }
        if let range = request.range { try add(.init(name: "Range", value: range.fieldValue)) }
        if body != nil {
            // libcurl would claim a form, and wait for leave before it sends a long body.
            if request.headers["Content-Type"] == nil { headerLines.append("Content-Type:") }
            headerLines.append("Expect:")
        }
    }

    /// Adds who asks, unless the request has its own word for it.
    mutating func authorize(_ value: String) throws(Failure) {
        guard !headerLines.contains(where: { $0.lowercased().hasPrefix("authorization:") }) else { return }
        try add(.init(name: "Authorization", value: value))
    }

    /// Fields that frame the message or steer the connection: a caller who sets them could smuggle another request.
    private static let framing: Set<String> = [
        "content-length", "transfer-encoding", "connection", "expect", "upgrade", "te",
    ]

    private mutating func add(_ field: HTTPClient.Headers.Field) throws(Failure) {
        guard Self.isToken(field.name) else {
            throw Failure(.invalidRequest, "not the name of a header field: \(field.name.debugDescription)")
        }
        guard !Self.framing.contains(field.name.lowercased()) else {
            throw Failure(.invalidRequest, "the field \(field.name) is the client's own business")
        }
        guard field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }) else {
            throw Failure(.invalidRequest, "the field \(field.name) has a line end or another control character in it")
        }
        let isBlank = field.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        // An empty value has a notation of its own: with a colon libcurl would leave the field out.
        headerLines.append(isBlank ? "\(field.name);" : "\(field.name): \(field.value)")
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    private static func check(url: String) throws(Failure) {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw Failure(
                .invalidRequest, "the URL has blanks, control characters or letters that are not percent-encoded")
        }
        guard let parts = curl_url() else { throw Failure(.system, "no memory to read the URL") }
        defer { curl_url_cleanup(parts) }
        guard curl_url_set(parts, CURLUPART_URL, url, UInt32(CURLU_PATH_AS_IS)) == CURLUE_OK else {
            throw Failure(.invalidRequest, "not an absolute http or https URL")
        }
        guard let scheme = part(CURLUPART_SCHEME, of: parts), ["http", "https"].contains(scheme) else {
            throw Failure(.invalidRequest, "the URL is neither http nor https")
        }
        guard part(CURLUPART_USER, of: parts) == nil, part(CURLUPART_PASSWORD, of: parts) == nil else {
            throw Failure(.invalidRequest, "a user or password in a URL ends up in logs: give them as credentials")
        }
    }

    private static func part(_ what: CURLUPart, of parts: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(parts, what, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// A URL for errors and logs: without user, password, query and fragment, and of a bearable length.
    static func withoutSecrets(_ url: String) -> String {
        var text = url.prefix { $0 != "?" && $0 != "#" }
        if let at = text.lastIndex(of: "@") {
            // What stands before it may be a password, wherever it is.
            let scheme = text.hasPrefix("https:") ? "https://" : "http://"
            text = Substring(scheme + text[text.index(after: at)...])
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(500).filter { $0.value >= 0x20 }))
    }
}
