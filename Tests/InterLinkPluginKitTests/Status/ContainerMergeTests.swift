import KubernetesModel
import Testing

@testable import InterLinkPluginKit

@Suite struct ContainerMergeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let known: Seen
        let seen: Seen
        let expected: Seen
        var newAttempt = false
        var restarts: (Int32, Int32) = (0, 0)
        var lastEnded = false

        var testDescription: String {
            "\(known) then \(seen)\(newAttempt ? ", new attempt" : ""), restarts \(restarts)"
        }
    }

    @Test(arguments: [
        Case(known: .waiting, seen: .running, expected: .running),
        Case(known: .waiting, seen: .ended, expected: .ended),
        Case(known: .running, seen: .ended, expected: .ended),
        // Nothing terminal is taken back, whatever comes.
        Case(known: .ended, seen: .running, expected: .ended),
        Case(known: .ended, seen: .waiting, expected: .ended),
        Case(known: .ended, seen: .failed, expected: .ended),
        Case(known: .failed, seen: .ended, expected: .failed),
        Case(known: .ended, seen: .running, expected: .ended, newAttempt: true),
        Case(known: .failed, seen: .running, expected: .failed, restarts: (0, 1)),
        // What ran waits again only when it was restarted, or its job was.
        Case(known: .running, seen: .waiting, expected: .running),
        Case(known: .running, seen: .waiting, expected: .waiting, restarts: (0, 1)),
        Case(known: .running, seen: .waiting, expected: .waiting, lastEnded: true),
        Case(known: .running, seen: .waiting, expected: .waiting, newAttempt: true),
        // Counts of restarts do not fall within an attempt.
        Case(known: .running, seen: .waiting, expected: .running, restarts: (2, 1)),
        Case(known: .waiting, seen: .running, expected: .waiting, restarts: (2, 1)),
        Case(known: .waiting, seen: .running, expected: .running, newAttempt: true, restarts: (2, 0)),
        Case(known: .running, seen: .ended, expected: .ended, restarts: (2, 1)),
        // A status without a state says nothing.
        Case(known: .running, seen: .nothing, expected: .running),
    ])
    func aContainerMovesOnlyForward(_ step: Case) {
        let known = step.known.status("c", restarts: step.restarts.0)
        let seen = step.seen.status("c", restarts: step.restarts.1, last: step.lastEnded ? .failed : nil)
        #expect(Seen(seen.merged(over: known, inNewAttempt: step.newAttempt)) == step.expected)
    }
}
