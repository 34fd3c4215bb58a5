import Glibc
import InterLinkHTTPClient
import Testing

/// An answer with that body and its length.
func answer(_ body: String = "", status: String = "200 OK", fields: String...) -> String {
    "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n"
        + fields.map { "\($0)\r\n" }.joined() + "\r\n\(body)"
}

/// Waits for a condition that another thread brings about.
func eventually(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ condition: @Sendable () -> Bool
) async throws {
    for _ in 0..<6000 {
        if condition() { return }
        try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record(what, sourceLocation: sourceLocation)
}

/// The error that the call ends with.
func failure(
    sourceLocation: SourceLocation = #_sourceLocation, of call: () async throws -> Void
) async throws -> HTTPClientError {
    let error = await #expect(throws: HTTPClientError.self, sourceLocation: sourceLocation) { try await call() }
    return try #require(error, sourceLocation: sourceLocation)
}

/// A new directory for the files of one test.
func temporaryDirectory() throws -> String {
    var template = Array("/tmp/interlink-test-XXXXXX".utf8CString)
    let path = try #require(mkdtemp(&template))
    return String(cString: path)
}

func write(_ text: String, to path: String) throws {
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
}
