import InterLinkConformance

/// One way to be wrong, and the checks that must see it.
struct Fault: Sendable, CustomStringConvertible {
    /// A short name.
    let name: String
    /// Who does it, or how it comes about.
    let imitates: String
    /// The ids of the checks that are meant for it: each must fail.
    let caughtBy: Set<String>
    /// Checks that cannot but notice it too; they may fail, be blocked, or pass.
    let alsoSeenBy: Set<String>
    /// The checks that are made, those included that must not be disturbed by the fault.
    let checks: [String]
    /// What the plugin declares.
    let capabilities: Set<Capability>
    /// Makes the plugin bad.
    let spoil: @Sendable (inout BadPlugin) -> Void

    init(
        _ name: String, _ imitates: String, caughtBy: Set<String>, alsoSeenBy: Set<String> = [], checks: [String],
        capabilities: Set<Capability> = [], _ spoil: @escaping @Sendable (inout BadPlugin) -> Void
    ) {
        self.name = name
        self.imitates = imitates
        self.caughtBy = caughtBy
        self.alsoSeenBy = alsoSeenBy
        self.checks = checks
        self.capabilities = capabilities
        self.spoil = spoil
    }

    var description: String { name }

    static let all: [Fault] =
        createFaults + statusFaults + lifeFaults + pingFaults + deleteFaults + logFaults + followFaults + initFaults
        + requestFaults + commandFaults + restartFaults + capacityFaults
}
