/// All checks, in the order in which they are told.
enum CheckCatalogue {
    static let all: [ConformanceCheck] = [
        PingChecks.all
    ].flatMap { $0 }
}
