import Glibc
import InterLinkPluginKit
import Testing

/// The error that the call ends with.
func failure(
    sourceLocation: SourceLocation = #_sourceLocation, of call: () async throws -> Void
) async throws -> CommandError {
    let error = await #expect(throws: CommandError.self, sourceLocation: sourceLocation) { try await call() }
    return try #require(error, sourceLocation: sourceLocation)
}

/// Waits for a condition that another process or thread brings about.
func eventually(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ condition: @Sendable () -> Bool
) async throws {
    for _ in 0..<6000 {
        if condition() { return }
        try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record(what, sourceLocation: sourceLocation)
}

/// A new directory for the files of one test.
func temporaryDirectory() throws -> String {
    var template = Array("/tmp/interlink-test-XXXXXX".utf8CString)
    let path = try #require(mkdtemp(&template))
    return String(cString: path)
}

func write(_ text: String, to path: String, mode: mode_t) throws {
    let file = try #require(fopen(path, "we"))
    fputs(text, file)
    fclose(file)
    chmod(path, mode)
}

func contents(of path: String) throws -> String {
    let file = try #require(fopen(path, "re"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
}
