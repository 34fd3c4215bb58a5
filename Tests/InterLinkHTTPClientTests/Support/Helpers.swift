import InterLinkHTTPClient
import Testing

/// An answer with that body and its length.
func answer(_ body: String = "", status: String = "200 OK", fields: String...) -> String {
    "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n"
        + fields.map { "\($0)\r\n" }.joined() + "\r\n\(body)"
}

/// The error that the call ends with.
func failure(
    sourceLocation: SourceLocation = #_sourceLocation, of call: () async throws -> Void
) async throws -> HTTPClientError {
    let error = await #expect(throws: HTTPClientError.self, sourceLocation: sourceLocation) { try await call() }
    return try #require(error, sourceLocation: sourceLocation)
}
