public import InterLinkHTTPClient

/// Judges an interLink plugin, in whatever language, from outside.
///
/// ```swift
/// var options = ConformanceOptions()
/// options.capabilities = [.logs, .initContainers]
/// let report = try await Conformance(endpoint: .unixSocket("/run/interlink/plugin.sock"), options: options).run()
/// #expect(report.passed, "\(report.text)")
/// ```
public struct Conformance: Sendable {
    /// Where the plugin listens.
    public let endpoint: InterLinkEndpoint
    /// What is known of it.
    public let options: ConformanceOptions

    /// A run against the plugin at that place.
    public init(endpoint: InterLinkEndpoint, options: ConformanceOptions = ConformanceOptions()) {
        self.endpoint = endpoint
        self.options = options
    }

    /// All checks, in the order in which they are told.
    public static let checks: [ConformanceCheck] = CheckCatalogue.all

    /// Runs the checks, deletes every pod that was created, and waits until they are gone.
    ///
    /// Cancelling the task ends the checks; the pods are deleted all the same.
    ///
    /// - Parameter progress: Called as checks begin and end, one call at a time.
    /// - Returns: What came of every check.
    /// - Throws: ``ConformanceError`` when there is nothing that could be judged.
    public func run(
        progress: @escaping @Sendable (ConformanceProgress) -> Void = { _ in }
    ) async throws(ConformanceError) -> ConformanceReport {
        try await ConformanceRun(endpoint: endpoint, options: options, progress: progress).report()
    }
}

/// What happens in a run.
public enum ConformanceProgress: Sendable {
    /// So many checks will run.
    case planned(checks: Int)
    /// A check begins.
    case began(ConformanceCheck)
    /// A check has ended. What stands against it by a rule that holds for all pods may come until the end of the run.
    case ended(CheckResult)
    /// The checks are done, and so many pods have still to go.
    case cleaning(pods: Int)
}

/// Why a run could not judge anything.
public enum ConformanceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nobody answers there.
    case unreachable(String)
    /// No check has such an id.
    case noCheck(String)
    /// The options do not fit together.
    case options(String)

    /// One sentence.
    public var description: String {
        switch self {
        case .unreachable(let why): "the plugin cannot be reached: \(why)"
        case .noCheck(let pattern): "no check is called \(pattern); --list prints them all"
        case .options(let why): why
        }
    }
}
