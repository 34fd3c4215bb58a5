/// What came of one check.
public struct CheckResult: Codable, Hashable, Sendable, Identifiable {
    /// The id of the check.
    public var id: String
    /// What it belongs to.
    public var capability: Capability
    /// Why it matters.
    public var reason: String
    /// The chapter of the contract.
    public var contract: String
    /// What it came to.
    public var verdict: Verdict
    /// Why it was skipped or blocked.
    public var why: String?
    /// What is wrong.
    public var findings: [Finding] = []
    /// What was sent and received, in order; empty when the check has passed.
    public var exchanges: [RecordedExchange] = []
    /// How long it took.
    public var seconds: Double = 0

    init(_ check: ConformanceCheck, _ verdict: Verdict, why: String? = nil) {
        id = check.id
        capability = check.capability
        reason = check.reason
        contract = check.contract
        self.verdict = verdict
        self.why = why
    }
}

/// One thing that is wrong, in words.
public struct Finding: Codable, Hashable, Sendable {
    /// What was asked of the plugin.
    public var sent: String
    /// What came of it.
    public var got: String
    /// What should have.
    public var expected: String
    /// What a Virtual Kubelet makes of it.
    public var consequence: String?

    /// A finding from its parts.
    public init(sent: String, got: String, expected: String, consequence: String? = nil) {
        self.sent = sent
        self.got = got
        self.expected = expected
        self.consequence = consequence
    }
}

/// A request of a check, and what was answered. The same question with the same answer is kept once.
public struct RecordedExchange: Codable, Hashable, Sendable {
    /// `POST /create`.
    public var call: String
    /// The pod that it was about.
    public var pod: String?
    /// Seconds after the check began.
    public var at: Double
    /// How long the answer took.
    public var seconds: Double
    /// The body that was sent, its beginning only if it is long.
    public var sent: String
    /// The code of the answer; nil when there was none.
    public var status: Int?
    /// The body of the answer, its beginning only if it is long, or why there was none.
    public var received: String
    /// How often the same was asked and answered, one after the other.
    public var times = 1
}
