import Dispatch
import Glibc
import InterLinkPluginKit
import InterLinkSystem

/// Runs rounds: a host that is killed at a failpoint, one that takes over and is killed at another, and one that ends.
struct Driver {
    private struct Round {
        let first: Failpoint
        /// At which visit of it the first host dies; never when it ends in order.
        let hit: Int?
        let second: Failpoint
        let isAsking: Bool
        /// For how long nobody is there, before another host takes over. Jobs go on meanwhile.
        let pause: UInt32

        /// Only a host that is asked to end takes its leave.
        var firstMode: String { first == .leaveBefore || first == .leaveAfter ? "leaving" : "first" }
    }

    private struct Tally {
        var rounds = 0
        var kills: [Failpoint: Int] = [:]
        var jobs = 0
        var inDoubt = 0
        var doubles = 0
        var violations: [String] = []
    }

    /// Points that leave much to be found out.
    private static let early: [Failpoint] = [
        .submitAfter, .outcomeAfter, .outcomeBefore, .answerBefore, .searchConcluded, .deleteAfter, .spoolAfter,
    ]

    let program: String
    let repeats: Int
    let parallel: Int

    /// True when every rule held and every failpoint was met.
    func run() -> Bool {
        let tally = Lock(Tally())
        for hit in 1...repeats { play(rounds(at: Failpoint.allCases, hit: hit) + roundsInOrder, tally) }
        // Some are met only when things fall out just so.
        for _ in 0..<5 {
            let kills = tally.withLock { $0.kills }
            play(rounds(at: Failpoint.allCases.filter { kills[$0] == nil }, hit: 1), tally)
        }
        let result = tally.withLock { $0 }
        let missed = Failpoint.allCases.filter { result.kills[$0] == nil }
        print(
            """
            fault probe: \(result.rounds) rounds, \(result.kills.values.reduce(0, +)) kills at \(result.kills.count) of \
            \(Failpoint.allCases.count) failpoints, \(result.jobs) jobs; \(result.violations.count) violations, \
            \(result.inDoubt) pods in doubt, \(result.doubles) second jobs stopped
            """)
        for failpoint in missed { print("  never met: \(failpoint.rawValue)") }
        for violation in result.violations { print("  \(violation)") }
        return result.violations.isEmpty && missed.isEmpty
    }

    /// Once it is the first host that dies there, once the one that takes over from one that died early.
    private func rounds(at failpoints: [Failpoint], hit: Int) -> [Round] {
        var rounds: [Round] = []
        for failpoint in failpoints {
            for isAsking in [true, false] {
                let other = Failpoint.allCases[(rounds.count * 7 + hit) % Failpoint.allCases.count]
                let early = Self.early[rounds.count / 2 % Self.early.count]
                let pause: UInt32 = rounds.count / 4 % 2 == 0 ? 0 : 300
                rounds.append(Round(first: failpoint, hit: hit, second: other, isAsking: isAsking, pause: pause))
                rounds.append(Round(first: early, hit: hit, second: failpoint, isAsking: isAsking, pause: pause))
            }
        }
        return rounds
    }

    /// The first host ends in order, and the one that takes over dies early.
    private var roundsInOrder: [Round] {
        Self.early.flatMap { failpoint in
            [true, false].map {
                Round(first: .leaveAfter, hit: nil, second: failpoint, isAsking: $0, pause: $0 ? 0 : 300)
            }
        }
    }

    private func play(_ rounds: [Round], _ tally: Lock<Tally>) {
        let queue = Lock(rounds[...])
        // They wait rather than work, so there are more of them than processors.
        let done = DispatchGroup()
        for number in 0..<parallel {
            DispatchQueue(label: "rounds.\(number)").async(group: done) {
                while let round = queue.withLock({ $0.popFirst() }) { play(round, tally) }
            }
        }
        done.wait()
    }

    private func play(_ round: Round, _ tally: Lock<Tally>) {
        var template = Array("/tmp/il-fault-XXXXXX".utf8CString)
        guard let folder = mkdtemp(&template).map({ String(cString: $0) }) else { return }
        let second = round.isAsking ? "asking" : "nobody"
        var problems: [String] = []
        var kills: [Failpoint] = []
        func host(_ mode: String, _ failpoint: Failpoint?, _ hit: Int?) {
            let armed = failpoint.flatMap { failpoint in hit.map { "\(failpoint.rawValue):\($0)" } }
            switch spawn(folder, mode, armed) {
            case .ended: break
            case .killed:
                if let failpoint { kills.append(failpoint) }
                usleep(round.pause * 1000)
            case .failed(let why): problems.append("the \(mode) host failed: \(why)")
            }
        }
        host(round.firstMode, round.first, round.hit)
        host(second, round.second, 1)
        host(second, nil, 1)
        let verdict = Verdict(folder: folder, isAsking: round.isAsking)
        problems += verdict.violations
        tally.withLock { tally in
            tally.rounds += 1
            for kill in kills { tally.kills[kill, default: 0] += 1 }
            tally.jobs += verdict.jobs
            tally.inDoubt += verdict.inDoubt
            tally.doubles += verdict.doubles
            tally.violations += problems.map {
                "\(round.first.rawValue):\(round.hit ?? 0) then \(round.second.rawValue), \(second): \($0) (\(folder))"
            }
        }
        if problems.isEmpty {
            for name in ["records", "records-wal", "records.lock", "backend", "diary"] { unlink("\(folder)/\(name)") }
            rmdir(folder)
        }
    }

    private enum End {
        case ended, killed, failed(String)
    }

    private func spawn(_ folder: String, _ mode: String, _ failpoint: String?) -> End {
        let arguments = [program, "host", folder, mode]
        let environment = ["PATH=/usr/bin:/bin", "SWIFT_BACKTRACE=enable=no", "INTERLINK_FAILPOINT=\(failpoint ?? "")"]
        var child: pid_t = 0
        let code = withStrings(arguments) { arguments in
            withStrings(environment) { environment in
                posix_spawn(&child, program, nil, nil, arguments, environment)
            }
        }
        guard code == 0 else { return .failed(String(cString: strerror(code))) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR { continue }
        if status & 0x7F == SIGKILL { return .killed }
        return status == 0 ? .ended : .failed("status \(status)")
    }
}

private func withStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
}
