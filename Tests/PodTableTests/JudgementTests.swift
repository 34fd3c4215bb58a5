import InterLinkAPI
import KubernetesModel
import LosslessJSON
import Testing

@testable import PodTable

/// A plugin that tells something else than what must come of a pod does not pass.
@Suite struct JudgementTests {
    private static func status(_ name: String, _ state: String, restarts: Int = 0, last: String = "{}") throws
        -> ContainerStatus
    {
        let text = """
            {"name": "\(name)", "state": \(state), "lastState": \(last), "ready": true, "restartCount": \(restarts), \
            "image": "i", "imageID": ""}
            """
        return try JSON.decode(from: Array(text.utf8))
    }

    private static func ended(_ code: Int, from start: Int = 10, to end: Int = 12) -> String {
        """
        {"terminated": {"exitCode": \(code), "reason": "Error", "message": "why", "startedAt": "2026-11-20T08:00:\(start)Z", \
        "finishedAt": "2026-11-20T08:00:\(end)Z"}}
        """
    }

    @Test(arguments: [
        (#"{"exit": 3}"#, ""),
        (#"{"exit": 4}"#, "expected exit code 4, got 3"),
        (#"{"reason": "Error", "message": "why"}"#, ""),
        (#"{"message": "what"}"#, "message: expected \"what\", got \"why\""),
        (#"{"reason": "Completed"}"#, "expected reason Completed, got Error"),
        (#"{"signal": 9}"#, "expected signal 9, got none"),
        (#"{"restarts": 0}"#, ""),
        (#"{"restarts": [1, null]}"#, "restarts, got 0"),
        (#"{"lastExit": 1}"#, "expected last exit code 1, got none"),
        (#"{"waiting": "CrashLoopBackOff"}"#, "expected waiting reason CrashLoopBackOff, got none"),
        (#"{"seconds": [2, 5]}"#, ""),
        (#"{"seconds": [3, 5]}"#, "ran for 2"),
        (#"{"after": ["early"]}"#, ""),
        (#"{"after": ["late"]}"#, "but late ended"),
        (#"{"after": ["runs"]}"#, "but runs ended never"),
    ])
    func ofAContainer(expected: String, problem: String) throws {
        let all = [
            "main": try Self.status("main", Self.ended(3)), "early": try Self.status("early", Self.ended(0, to: 10)),
            "late": try Self.status("late", Self.ended(0, to: 11)),
            "runs": try Self.status("runs", #"{"running": {}}"#),
        ]
        let value = try JSON.decode(JSONValue.self, from: Array(expected.utf8))
        let problems = try ContainerExpectation(value, "main").problems("main", all)
        #expect(problems.count == (problem.isEmpty ? 0 : 1))
        #expect(problem.isEmpty || problems.first?.contains(problem) == true, "\(problems)")
    }

    @Test func ofAContainerThatWasNotTold() throws {
        let expectation = try ContainerExpectation(.object(["exit": .number("0")]), "main")
        #expect(expectation.problems("main", [:]) == ["nothing was told of it"])
    }

    @Test(arguments: [
        (#""abc\n""#, "abc\n", true), (#""abc""#, "abc\n", false), (#""""#, "", true), (#""""#, "x", false),
        (#"{"base64": "AP8="}"#, "\0\u{ff}", false), (#"{"has": ["b"]}"#, "abc", true),
        (#"{"has": ["d"]}"#, "abc", false),
        (#"{"lacks": ["d"]}"#, "abc", true), (#"{"lacks": ["b"]}"#, "abc", false),
    ])
    func ofATextToTheByte(expected: String, found: String, passes: Bool) throws {
        let expectation = try TextExpectation(JSON.decode(from: Array(expected.utf8)), "log")
        #expect((expectation.problem(Array(found.utf8)) == nil) == passes)
    }

    @Test(arguments: [
        ([#"{"terminated": {"exitCode": 0}}"#, #"{"terminated": {"exitCode": 0}}"#], PodPhase.succeeded),
        ([#"{"terminated": {"exitCode": 0}}"#, #"{"terminated": {"exitCode": 1}}"#], .failed),
        ([#"{"terminated": {"exitCode": 1}}"#, #"{"running": {}}"#], .running),
        ([#"{"waiting": {}}"#, #"{"waiting": {}}"#], .pending),
    ])
    func ofThePhaseAsAVirtualKubeletReadsIt(states: [String], phase: PodPhase) throws {
        var observed = ObservedPod()
        observed.take(nil)
        #expect(observed.phase == .pending)
        let containers = try states.enumerated().map { try Self.status("c\($0.offset)", $0.element) }
        observed.take(PodStatusAnswer(uid: "u", containers: containers, name: "n", namespace: "s"))
        #expect(observed.phase == phase)
    }
}
