import InterLinkPluginKit
import Testing

/// The error that the call ends with.
func failure(
    sourceLocation: SourceLocation = #_sourceLocation, of call: () async throws -> Void
) async throws -> CommandError {
    let error = await #expect(throws: CommandError.self, sourceLocation: sourceLocation) { try await call() }
    return try #require(error, sourceLocation: sourceLocation)
}
