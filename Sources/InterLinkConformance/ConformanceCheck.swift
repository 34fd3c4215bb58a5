/// One thing that a plugin must get right, and how it is found out.
public struct ConformanceCheck: Sendable, Identifiable {
    /// The name, which never changes: `core.ping.empty-list`. Its first word is the capability.
    public let id: String
    /// What the plugin must be able to do for the check to apply.
    public let capability: Capability
    /// What else must be declared, since the check looks through it.
    public let needs: [Capability]
    /// Why it matters, in one sentence.
    public let reason: String
    /// The chapter of the contract, as docs/conformance.md numbers them.
    public let contract: String
    /// It disturbs everything else, and runs alone after it.
    let isExclusive: Bool
    /// What it fails by, beside its body: a rule that is watched over all pods of the run.
    let rule: StandingRule?
    let body: @Sendable (CheckContext) async throws -> Void

    init(
        _ id: String, contract: String, needs: [Capability] = [], isExclusive: Bool = false, rule: StandingRule? = nil,
        because reason: String, _ body: @escaping @Sendable (CheckContext) async throws -> Void
    ) {
        self.id = id
        capability = Capability(rawValue: String(id.prefix { $0 != "." })) ?? .core
        self.needs = needs
        self.reason = reason
        self.contract = contract
        self.isExclusive = isExclusive
        self.rule = rule
        self.body = body
    }
}
