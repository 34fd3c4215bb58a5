/// Waits until something has come true, however busy the machine is.
package func eventually(
    _ what: String, isolation: isolated (any Actor)? = #isolation, _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(600)
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw NeverCameTrue(description: "never came true: \(what)") }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// What a test waited for in vain.
package struct NeverCameTrue: Error, CustomStringConvertible {
    package let description: String
}
