import Glibc
import InterLinkSystem

/// The instructions at which the fault tests kill the host.
package enum Failpoint: String, CaseIterable, Sendable {
    case createBegun = "create.begun"
    case intentBefore = "intent.before"
    case intentAfter = "intent.after"
    case submitBefore = "submit.before"
    case submitAfter = "submit.after"
    case outcomeBefore = "outcome.before"
    case outcomeAfter = "outcome.after"
    case waitingAfter = "waiting.after"
    case intentAgain = "intent.again"
    case spoolBefore = "spool.before"
    case spoolAfter = "spool.after"
    case answerBefore = "answer.before"
    case claimBefore = "claim.before"
    case claimAfter = "claim.after"
    case searchEmpty = "search.empty"
    case searchConcluded = "search.concluded"
    case adoptBefore = "adopt.before"
    case adoptAfter = "adopt.after"
    case deleteBefore = "delete.before"
    case deleteAfter = "delete.after"
    case stopBefore = "stop.before"
    case stopAfter = "stop.after"
    case endSeen = "end.seen"
    case removeBefore = "remove.before"
    case removeAfter = "remove.after"
    case forgetBefore = "forget.before"
    case forgetAfter = "forget.after"
    case stateBefore = "state.before"
    case stateAfter = "state.after"
    case withdrawBefore = "withdraw.before"
    case unclaimedBefore = "unclaimed.before"
    case unclaimedAfter = "unclaimed.after"
    case lateBefore = "late.before"
    case lateAfter = "late.after"
    case unwantedBefore = "unwanted.before"
    case unwantedAfter = "unwanted.after"
    case leaveBefore = "leave.before"
    case leaveAfter = "leave.after"
}

/// Dies at one failpoint when armed: `INTERLINK_FAILPOINT=stop.after:2` kills the process, as by `kill -9`, when it
/// comes there the second time. Unarmed, which is the rule, a failpoint is one comparison.
package struct Failpoints: Sendable {
    private final class Armed: Sendable {
        let point: Failpoint
        let left: Lock<Int>

        init(point: Failpoint, hits: Int) {
            self.point = point
            left = Lock(hits)
        }
    }

    private let armed: Armed?

    /// None.
    package static let off = Failpoints(armed: nil)

    private init(armed: Armed?) { self.armed = armed }

    /// As the environment says. An unknown name arms nothing, and is said to be unknown by returning nil.
    package init?(environment value: String?) {
        guard let value, !value.isEmpty else {
            self = .off
            return
        }
        let parts = value.split(separator: ":")
        guard let name = parts.first, let point = Failpoint(rawValue: String(name)), parts.count <= 2,
            let hits = parts.count == 2 ? Int(parts[1]) : 1
        else { return nil }
        armed = Armed(point: point, hits: hits)
    }

    package func hit(_ point: Failpoint) {
        guard let armed, armed.point == point else { return }
        let isDue = armed.left.withLock { left in
            left -= 1
            return left == 0
        }
        if isDue { kill(getpid(), SIGKILL) }
    }
}
