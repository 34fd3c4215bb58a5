import InterLinkAPI
import InterLinkTesting
import KubernetesModel
import Testing

@testable import InterLinkPluginKit

@Suite struct StandingTests {
    private let here = Placement(site: "here")

    private func standing(_ number: Int, _ jobID: String?, _ rig: Rig) throws -> PodStanding {
        rig.lifecycle.standing(of: try uid(number), jobID: jobID)
    }

    private func isSure(_ standing: PodStanding) -> Bool {
        if case .unknown(.some) = standing { true } else { false }
    }

    /// A host without records, which is told that jobs can be in one place; and the mark of a pod that nobody knows.
    private func lost(_ order: (ScriptedBackend) -> Void = { _ in }) async throws -> (Rig, jobID: String) {
        let rig = try await Rig()
        rig.backend.setStandingPlacements([here])
        order(rig.backend)
        return (rig, "il-otherone-\(try uid(1))")
    }

    @Test func aPodIsTrackedThenTombstoned() async throws {
        let rig = try await Rig()
        try await rig.createAndAnswer(1)
        #expect(try standing(1, nil, rig) == .tracked)
        try await rig.delete(1)
        try await rig.turn { try rig.tracked(1) == nil }
        guard case .tombstoned(let tombstone) = try standing(1, nil, rig) else {
            Issue.record("it has no tombstone")
            return
        }
        #expect(tombstone.isDeleted)
        await rig.end()
    }

    @Test func aPodThatNobodyKnowsIsSureToBeUnknownOnceListsAndMemoryHaveSaidSo() async throws {
        let (rig, jobID) = try await lost()
        #expect(try standing(1, jobID, rig) == .unknown(sureSince: nil))
        try await rig.turn { isSure(try standing(1, jobID, rig)) }
        #expect(rig.backend.count(of: .find) == 1)
        // One who holds no answer of ours may still create it.
        #expect(try standing(1, nil, rig) == .unknown(sureSince: nil))
        await rig.end()
    }

    @Test func withoutAMemoryTheListsMustDo() async throws {
        let (rig, jobID) = try await lost { $0.loseMemory() }
        try await rig.turn { isSure(try standing(1, jobID, rig)) }
        await rig.end()
    }

    @Test(arguments: [ScriptedCall.list, .find], [ScriptedFault.fail, .hang])
    func whileABackendCannotBeAskedNothingIsSure(call: ScriptedCall, fault: ScriptedFault) async throws {
        let (rig, jobID) = try await lost { $0.order(fault, for: call, times: .max) }
        for _ in 0..<30 {
            await rig.clock.turn(by: .seconds(60))
            #expect(try standing(1, jobID, rig) == .unknown(sureSince: nil))
        }
        await rig.end()
    }

    @Test func whereNobodyCanSayWhereToLookNothingIsSure() async throws {
        let rig = try await Rig()
        try await rig.createAndAnswer(2)
        for _ in 0..<30 {
            await rig.clock.turn(by: .seconds(60))
            #expect(try standing(1, "il-otherone-\(uid(1))", rig) == .unknown(sureSince: nil))
        }
        await rig.end()
    }

    @Test(arguments: ["4711", "il-otherone-00000000-0000-0000-0000-100000000002"])
    func anIdThatIsNoMarkOfThePodMakesNothingSure(jobID: String) async throws {
        let (rig, _) = try await lost()
        for _ in 0..<30 {
            await rig.clock.turn(by: .seconds(60))
            #expect(try standing(1, jobID, rig) == .unknown(sureSince: nil))
        }
        await rig.end()
    }

    @Test func jobsOfLostRecordsAreStraysWhetherTheyRunOrHaveEnded() async throws {
        let rig = try await Rig()
        rig.backend.setStandingPlacements([here])
        try await rig.createAndAnswer(1)
        rig.backend.setJobs(runTime: .seconds(10))
        try await rig.createAndAnswer(2)
        let ids = try [1, 2].map { try #require(rig.jobs($0).first).mark }
        try await rig.restart(after: .seconds(60), losingRecords: true)
        for _ in 0..<5 { await rig.clock.turn(by: .seconds(60)) }
        #expect(try standing(1, ids[0], rig) == .stray)
        try await rig.turn { try standing(2, ids[1], rig) == .stray }
        #expect(try standing(1, nil, rig) == .stray)
        await rig.end()
    }

    @Test func namesThatNobodyAsksForAnyMoreMakeRoom() throws {
        let table = SightingTable()
        let start = Moment(seconds: 1)
        func ask(_ number: Int, _ moment: Moment) throws {
            _ = table.look(for: try uid(number), mark: JobMark(instance: "otherone", uid: try uid(number)), at: moment)
        }
        for number in 0..<SightingTable.mostQuestions + 5 { try ask(number, start) }
        #expect(table.open(at: here, atMost: .max).count == SightingTable.mostQuestions)
        try ask(50_000, start + SightingTable.questionTime)
        #expect(table.open(at: here, atMost: .max).count == 1)
    }
}
