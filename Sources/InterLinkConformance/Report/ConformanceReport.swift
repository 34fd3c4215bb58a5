/// What came of a run: everything that a reader or a program wants to know of it.
///
/// As JSON its members are named as here. A later version of the suite adds members, and takes none away without another
/// ``format``.
public struct ConformanceReport: Codable, Hashable, Sendable {
    /// The version of this form.
    public var format = 1
    /// Where the plugin listens.
    public var endpoint: String
    /// The word that every pod of this run has in its name, `interlink-conformance-<run>-…`.
    public var run: String
    /// When it began, as RFC 3339.
    public var startedAt: String
    /// How long it took.
    public var seconds: Double
    /// What was tested: what every plugin must be able to do, and what was declared.
    public var capabilities: [Capability]
    /// All checks, those that did not run too.
    public var checks: [CheckResult]
    /// How many pods were created.
    public var podsCreated: Int
    /// Pods that were deleted and were not seen to end.
    public var podsLeft: [String]
    /// It was ended before all checks had run.
    public var wasInterrupted: Bool

    /// How many checks have that verdict.
    public func count(_ verdict: Verdict) -> Int { checks.count { $0.verdict == verdict } }

    /// Everything that was tested is right. Checks that could not come to a verdict are not.
    public var passed: Bool { !wasInterrupted && checks.allSatisfy { $0.verdict == .passed || $0.verdict == .skipped } }
}

/// What a check came to.
public enum Verdict: String, Codable, Hashable, Sendable, CaseIterable {
    /// It is as it should be.
    case passed
    /// It is not.
    case failed
    /// It could not be found out, because something went wrong before, which another check judges.
    case blocked
    /// It does not apply, or was not wanted.
    case skipped
}
