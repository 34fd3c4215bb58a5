/// All checks, in the order in which they are told.
enum CheckCatalogue {
    static let all: [ConformanceCheck] = [
        PingChecks.all, CreateChecks.all, StatusChecks.all, AnswerRuleChecks.all, DeleteChecks.all, IdentityChecks.all,
        CommandChecks.all, RepetitionChecks.all, OrderChecks.all, OneJobChecks.all, HostileChecks.all,
        LogTextChecks.all, LogOptionChecks.all, LogFollowChecks.all, InitChecks.all, InitFailureChecks.all,
        SidecarChecks.all, EnvironmentChecks.all, ConfigMapChecks.all, EmptyFolderChecks.all, ProjectedChecks.all,
        ProbeChecks.all, StopChecks.all, HookChecks.all, RestartPolicyChecks.all, CapacityChecks.all,
        RestartChecks.all,
    ].flatMap { $0 }
}
