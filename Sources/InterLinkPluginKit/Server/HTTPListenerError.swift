import InterLinkSystem

/// Why the server cannot listen where it should, in words for the person who configured it.
struct HTTPListenerError: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String, _ cause: SystemError? = nil) {
        self.description = cause.map { "\(description): \($0)" } ?? description
    }
}
