import KubernetesModel

extension ContainerExpectation {
    /// What is wrong with the status of a container, logs aside.
    func problems(_ name: String, _ all: [String: ContainerStatus]) -> [String] {
        guard let status = all[name] else { return ["nothing was told of it"] }
        var problems: [String] = []
        func compare<Value: Equatable>(_ what: String, _ expected: Value?, _ found: Value?) {
            guard let expected, expected != found else { return }
            problems.append("expected \(what) \(expected), got \(found.map { "\($0)" } ?? "none")")
        }
        let end = status.state?.terminated
        compare("exit code", exit, end.map { Int64($0.exitCode) })
        compare("signal", signal, end?.signal.map { Int64($0) })
        compare("reason", reason, end?.reason)
        compare("waiting reason", waiting, status.state?.waiting?.reason)
        compare("last exit code", lastExit, status.lastState?.terminated.map { Int64($0.exitCode) })
        if let restarts, !restarts.contains(Int64(status.restartCount)) {
            problems.append("expected \(restarts) restarts, got \(status.restartCount)")
        }
        if let message {
            let found = end?.message ?? status.lastState?.terminated?.message ?? status.state?.waiting?.message ?? ""
            if let problem = message.problem(Array(found.utf8)) { problems.append("message: \(problem)") }
        }
        problems += timeProblems(status, all)
        return problems
    }

    private func timeProblems(_ status: ContainerStatus, _ all: [String: ContainerStatus]) -> [String] {
        var problems: [String] = []
        let started = status.state?.terminated?.startedAt ?? status.state?.running?.startedAt
        for earlier in after {
            let ended = all[earlier]?.state?.terminated?.finishedAt
            guard let started, let ended, ended <= started else {
                problems.append(
                    "started \(started.map(String.init(describing:)) ?? "never"), but \(earlier) ended \(ended.map(String.init(describing:)) ?? "never")"
                )
                continue
            }
        }
        if let seconds {
            let ended = status.state?.terminated?.finishedAt
            let ran = ended.flatMap { end in started.map { end.secondsSinceEpoch - $0.secondsSinceEpoch } }
            if !(ran.map(seconds.contains) ?? false) {
                problems.append(
                    "expected to run for \(seconds) s, ran for \(ran.map(String.init) ?? "an unknown time")")
            }
        }
        return problems
    }
}
