import InterLinkAPI
import InterLinkTesting
import KubernetesModel
import Testing

@testable import InterLinkPluginKit

/// After the loss of the records: jobs go on, and become those of their pods again.
@Suite struct TakeOverTests {
    /// A host without records, and a stray whose pod interLink still has, with the answer of the lost records.
    private func lost(runTime: Duration = .seconds(86_400)) async throws -> (Rig, jobID: String) {
        let rig = try await Rig()
        rig.backend.setStandingPlacements([Placement(site: "here")])
        rig.backend.setJobs(runTime: runTime, exitCode: 3)
        try await rig.createAndAnswer(1)
        let jobID = try #require(rig.jobs(1).first).mark
        try await rig.restart(after: .seconds(60), losingRecords: true)
        #expect(jobID != JobMark(instance: rig.store.instance, uid: try uid(1)).description)
        try await rig.turn { rig.lifecycle.standing(of: try uid(1), jobID: jobID) == .stray }
        return (rig, jobID)
    }

    private func pod(jobID: String) throws -> Pod {
        var pod = try Rig.request(1).pod
        pod.metadata.annotations = ["JobID": jobID]
        return pod
    }

    @Test(arguments: [Duration.seconds(10), .seconds(86_400)])
    func whoShowsTheAnswerIsToldTheTruthWhetherTheJobRunsOrHasEnded(runTime: Duration) async throws {
        let (rig, jobID) = try await lost(runTime: runTime)
        await rig.lifecycle.takeOver(try pod(jobID: jobID))
        func isTold() throws -> Bool {
            let told = try #require(try rig.view(1)).statuses
            return runTime > .seconds(60)
                ? told.map(\.isRunning) == [true, true]
                : told.map { $0.state?.terminated?.exitCode } == [3, 3]
        }
        try await rig.turn(until: isTold)
        #expect(try rig.tracked(1)?.jobID == jobID)
        try await rig.restart()
        try await rig.turn(until: isTold)
        #expect(try rig.jobs(1).count == 1)

        try await rig.delete(1)
        try await rig.turn { try rig.tracked(1) == nil }
        #expect(try rig.liveJobs(1) == 0)
        #expect(try rig.jobs(1).map(\.removals) == [1])
        await rig.end()
    }

    @Test func aCreateGetsTheJobThatIsThereAndItsAnswer() async throws {
        let (rig, jobID) = try await lost()
        let answer = try await rig.create(1).value
        #expect(answer.podJID == jobID)
        await rig.lifecycle.answered(try uid(1), delivered: true)
        for _ in 0..<30 { await rig.clock.turn(by: .seconds(60)) }
        #expect(try rig.jobs(1).count == 1)
        #expect(try rig.view(1)?.statuses.map(\.isRunning) == [true, true])
        await rig.end()
    }

    @Test func aCreateThatGotNoAnswerLeavesTheJobUnclaimed() async throws {
        let (rig, _) = try await lost()
        _ = try await rig.create(1).value
        await rig.lifecycle.answered(try uid(1), delivered: false)
        try await rig.turn { try rig.liveJobs(1) == 0 }
        await rig.end()
    }

    @Test func aDeleteStopsTheJobThoughNobodyAskedForItBefore() async throws {
        let (rig, _) = try await lost()
        try await rig.delete(1)
        try await rig.turn { try rig.liveJobs(1) == 0 }
        try await rig.turn { try rig.tracked(1) == nil }
        #expect(try rig.jobs(1).map(\.removals) == [1])
        await rig.end()
    }

    @Test(arguments: [nil, "il-otherone-00000000-0000-0000-0000-100000000001", "4711"])
    func whoDoesNotShowTheMarkOfTheJobChangesNothing(jobID: String?) async throws {
        let (rig, mark) = try await lost()
        var pod = try pod(jobID: mark)
        pod.metadata.annotations = jobID.map { ["JobID": $0] }
        await rig.lifecycle.takeOver(pod)
        #expect(try rig.tracked(1) == nil)
        #expect(try rig.liveJobs(1) == 1)
        await rig.end()
    }

    @Test func containersThatInterLinkKeepsInTheClusterAreNotTakenForThoseOfTheJob() async throws {
        let (rig, jobID) = try await lost()
        var pod = try pod(jobID: jobID)
        pod.metadata.annotations?["interlink.eu/disable-offload-containers"] = "local,other"
        pod.spec.containers.insert(Container(name: "local"), at: 0)
        await rig.lifecycle.takeOver(pod)
        #expect(try rig.tracked(1)?.digest.containers.map(\.name) == ["main", "side"])
        await rig.end()
    }

    @Test func whileItCannotBeRecordedItStaysAStray() async throws {
        let (rig, jobID) = try await lost()
        await rig.store.close()
        await rig.lifecycle.takeOver(try pod(jobID: jobID))
        #expect(try rig.tracked(1) == nil)
        let create = try await rig.create(1)
        await #expect(throws: CreateError.notRecorded(.closed)) { try await create.value }
        #expect(try rig.liveJobs(1) == 1)
        await rig.end()
    }
}
