import InterLinkPluginKit
import KubernetesModel
import Testing

@testable import InterLinkBatch

/// A test for each rule of ``Evidence``.
@Suite struct EvidenceRuleTests {
    private let fixtures = EvidenceFixtures()

    @Test(
        "a: a closing record is terminal at once, whatever the scheduler says or does not",
        arguments: [
            nil, BatchJobState.running(nodes: ["n7"]), .queued(), .unknown("X"), .ended(BatchJobEnd(.nodeFailure)),
        ])
    func closingRecord(scheduler: BatchJobState?) throws {
        var evidence = try fixtures.nothing()
        evidence.closing = try fixtures.state([0, 3, 0], isClosed: true)
        evidence.state = try fixtures.state([0, nil, nil])
        if let scheduler { evidence.scheduler = try fixtures.sighting(scheduler) }
        let observation = evidence.verdict().observation
        #expect(observation.codes == [0, 3, 0])
        #expect(observation.goesOn == false)
        #expect(observation.reasons == ["Completed", "Error", "Completed"])
    }

    @Test("a: what the closing record leaves open was never started")
    func closingRecordOfAnEarlyEnd() throws {
        var evidence = try fixtures.nothing()
        var closing = try fixtures.state([1], isClosed: true)
        closing.reason = "DeadlineExceeded"
        closing.message = "it took too long"
        evidence.closing = closing
        let observation = evidence.verdict().observation
        #expect(observation.codes == [1, 137, 137])
        #expect(observation.reasons == ["DeadlineExceeded", "DeadlineExceeded", "DeadlineExceeded"])
        #expect(observation.messages[2] == "it took too long")
    }

    @Test("a: a pod that was ended has failed, also when its containers end with 0 when they are asked to")
    func endedPod() throws {
        var evidence = try fixtures.nothing()
        var closing = try fixtures.state([0, 0, 0], isClosed: true)
        closing.reason = "DeadlineExceeded"
        closing.message = "it took too long"
        evidence.closing = closing
        let observation = evidence.verdict().observation
        // In the fixtures one container ends after the other: the second had ended before the deadline.
        #expect(observation.codes == [0, 0, 137])
        #expect(observation.reasons == ["Completed", "Completed", "DeadlineExceeded"])
        #expect(observation.messages[2] == "it took too long")
    }

    @Test("a: while a pod is being ended, an end with 0 is held back, unless it was told before")
    func endingPod() throws {
        var evidence = try fixtures.nothing()
        var state = try fixtures.state([0, 0, 143])
        state.reason = "DeadlineExceeded"
        evidence.state = state
        let before = evidence.verdict().observation
        #expect(before.codes == [0, nil, 143])
        evidence.state = try fixtures.state([0, 0, nil])
        let told = evidence.verdict().observation
        evidence.reported = Evidence.Report(attempt: 1, containers: told.containers)
        evidence.state = state
        #expect(evidence.verdict().observation.codes == [0, 0, 143])
    }

    @Test("a: a file that is not closed is no closing record")
    func openClosingRecord() throws {
        var evidence = try fixtures.nothing()
        evidence.closing = try fixtures.state([0, 0, 0])
        #expect(evidence.verdict().observation.codes == nil)
    }

    @Test(
        "b: without a closing record, what has no end gets 137 and the scheduler's cause",
        arguments: [
            (BatchJobEnd.Cause.failure, "Error"), (.cancelled, "Cancelled"), (.timeLimit, "DeadlineExceeded"),
            (.outOfMemory, "OOMKilled"), (.nodeFailure, "NodeLost"), (.preempted, "Preempted"), (.evicted, "Evicted"),
            (.launchFailure, "StartError"),
        ])
    func badEnd(cause: BatchJobEnd.Cause, reason: String) throws {
        var evidence = try fixtures.nothing()
        evidence.state = try fixtures.state([0, nil, nil])
        evidence.scheduler = try fixtures.sighting(.ended(BatchJobEnd(cause, message: "as the scheduler says")))
        evidence.endSeen = fixtures.now - .seconds(60)
        let observation = evidence.verdict().observation
        #expect(observation.codes == [0, 137, 137])
        #expect(observation.reasons == ["Completed", reason, reason])
        #expect(observation.messages[1]?.contains("as the scheduler says") == true)
        #expect(observation.messages[1]?.contains("job 4711") == true)
    }

    @Test("b: a container that was killed with its job says why", arguments: [137, 143])
    func killedWithItsJob(code: Int) throws {
        var evidence = try fixtures.nothing()
        evidence.closing = try fixtures.state([0, code, 2], isClosed: true)
        evidence.scheduler = try fixtures.sighting(.ended(BatchJobEnd(.outOfMemory)))
        let observation = evidence.verdict().observation
        #expect(observation.codes == [0, Int32(code), 2])
        #expect(observation.reasons == ["Completed", "OOMKilled", "Error"])
    }

    @Test("b: without any state file every container is ended")
    func badEndBeforeTheStart() throws {
        var evidence = try fixtures.nothing()
        evidence.scheduler = try fixtures.sighting(.ended(BatchJobEnd(.nodeFailure)))
        evidence.endSeen = fixtures.now - .seconds(31)
        #expect(evidence.verdict().observation.codes == [137, 137, 137])
    }

    @Test("b: a pod whose containers are not known is gone, with the cause")
    func unknownContainers() throws {
        var unknown = EvidenceFixtures()
        unknown.names = []
        var evidence = try unknown.nothing()
        evidence.scheduler = try unknown.sighting(.ended(BatchJobEnd(.preempted)))
        evidence.endSeen = unknown.now - .seconds(31)
        guard case .gone(let ending) = evidence.verdict().observation else {
            Issue.record("it is not gone")
            return
        }
        #expect(ending.reason == "Preempted")
    }

    @Test("b, c: the filesystem gets time to show the results", arguments: [BatchJobEnd.Cause.success, .failure])
    func resultsOnTheirWay(cause: BatchJobEnd.Cause) throws {
        var evidence = try fixtures.nothing()
        evidence.scheduler = try fixtures.sighting(.ended(BatchJobEnd(cause)))
        evidence.endSeen = fixtures.now - .seconds(29)
        guard case .unknown = evidence.verdict().observation else {
            Issue.record("something was concluded")
            return
        }
        evidence.state = try fixtures.state([0, nil, nil])
        #expect(evidence.verdict().observation.codes == [0, nil, nil])
        evidence.closing = try fixtures.state([0, 0, 0], isClosed: true)
        #expect(evidence.verdict().observation.codes == [0, 0, 0])
    }

    @Test("c: success without results is a failure, never 0")
    func resultsMissing() throws {
        var evidence = try fixtures.nothing()
        evidence.scheduler = try fixtures.sighting(.ended(BatchJobEnd(.success, exitCode: 0)))
        evidence.endSeen = fixtures.now - .seconds(30)
        let observation = evidence.verdict().observation
        #expect(observation.codes == [137, 137, 137])
        #expect(observation.reasons == ["ResultsMissing", "ResultsMissing", "ResultsMissing"])
    }

    @Test("c: ends that the state file knows stand")
    func resultsInTheStateFile() throws {
        var evidence = try fixtures.nothing()
        evidence.scheduler = try fixtures.sighting(.ended(BatchJobEnd(.success)))
        evidence.endSeen = fixtures.now - .seconds(30)
        evidence.state = try fixtures.state([0, 0, 5])
        #expect(evidence.verdict().observation.codes == [0, 0, 5])
    }

    @Test(
        "d: out of memory for the scheduler, and all codes 0: the policy decides",
        arguments: [(EvidencePolicy.OutOfMemory.failed, [0, 137, 137]), (.containersDecide, [0, 0, 0])])
    func outOfMemory(policy: EvidencePolicy.OutOfMemory, codes: [Int32]) throws {
        var fixtures = fixtures
        fixtures.policy.outOfMemory = policy
        var evidence = try fixtures.nothing()
        evidence.closing = try fixtures.state([0, 0, 0], isClosed: true)
        evidence.scheduler = try fixtures.sighting(.ended(BatchJobEnd(.outOfMemory)))
        let observation = evidence.verdict().observation
        #expect(observation.codes == codes)
        #expect(observation.reasons[1] == (policy == .failed ? "OOMKilled" : "Completed"))
    }

    @Test("e: records of an earlier attempt are ignored")
    func earlierAttempt() throws {
        var evidence = try fixtures.nothing()
        evidence.closing = try fixtures.state([0, 1, 1], isClosed: true)
        evidence.state = try fixtures.state([0, 1, 1])
        evidence.scheduler = try fixtures.sighting(.queued(reason: "Requeued"), attempt: 2)
        let observation = evidence.verdict().observation
        #expect(observation.codes == [nil, nil, nil])
        #expect(observation.attempt == 2)
        evidence.state = try fixtures.state([0, nil, nil], attempt: 2)
        #expect(evidence.verdict().observation.codes == [0, nil, nil])
    }

    @Test("e: a job that runs again after a container had ended has failed, and is stopped")
    func ranAgain() throws {
        var evidence = try fixtures.nothing()
        evidence.state = try fixtures.state([0, 0, nil])
        let first = evidence.verdict()
        #expect(!first.mustStop)
        #expect(first.observation.goesOn == true)
        evidence.reported = Evidence.Report(attempt: 1, containers: first.observation.containers)
        evidence.state = try fixtures.state([nil, nil, nil], attempt: 2)
        let second = evidence.verdict()
        #expect(second.mustStop)
        #expect(second.observation.codes == [0, 0, 137])
        #expect(second.observation.reasons[2] == "JobRestarted")
        #expect(second.observation.attempt == 1)
        #expect(second.observation.goesOn == false)
    }

    @Test(
        "e: containers that may be started again, may be so in another attempt",
        arguments: [
            PodDigest.RestartPolicy.always, .onFailure,
        ])
    func mayRunAgain(policy: PodDigest.RestartPolicy) throws {
        var fixtures = fixtures
        fixtures.restartPolicy = policy
        var evidence = try fixtures.nothing()
        evidence.state = try fixtures.state([0, 1, nil])
        evidence.reported = Evidence.Report(attempt: 1, containers: evidence.verdict().observation.containers)
        evidence.state = try fixtures.state([0, nil, nil], attempt: 2)
        #expect(!evidence.verdict().mustStop)
        #expect(evidence.verdict().observation.codes == [0, nil, nil])
    }

    @Test("nobody is called gone by a scheduler that knows nothing")
    func knowsNothing() throws {
        var evidence = try fixtures.nothing()
        evidence.scheduler = .knowsNothing
        evidence.state = try fixtures.state([0, nil, nil])
        #expect(evidence.verdict().observation == .absent)
    }

    @Test("a word that is not known is unknown, and never an end")
    func unknownWord() throws {
        var evidence = try fixtures.nothing()
        evidence.scheduler = try fixtures.sighting(.unknown("SPECIAL_EXIT"))
        guard case .unknown(let why) = evidence.verdict().observation else {
            Issue.record("something was concluded")
            return
        }
        #expect(why.contains("SPECIAL_EXIT"))
    }

    @Test(
        "what waits says why",
        arguments: [
            (BatchJobState.queued(reason: "Resources", message: "no node is free"), "Queued", "no node is free"),
            (.held(reason: "JobHeldUser", message: ""), "Held", "JobHeldUser"),
            (.running(nodes: ["n1", "n2"]), "ContainerCreating", "n1, n2"),
        ])
    func waiting(state: BatchJobState, reason: String, detail: String) throws {
        var evidence = try fixtures.nothing()
        evidence.scheduler = try fixtures.sighting(state)
        let observation = evidence.verdict().observation
        #expect(observation.waitingReasons == [reason, "PodInitializing", "PodInitializing"])
        #expect(observation.messages[0]?.contains(detail) == true)
    }
}
