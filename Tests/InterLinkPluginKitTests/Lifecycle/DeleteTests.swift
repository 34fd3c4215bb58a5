import InterLinkAPI
import InterLinkSystem
import InterLinkTesting
import Testing

@testable import InterLinkPluginKit

@Suite struct DeleteTests {
    @Test func aDeleteIsAnsweredAtOnceAndThenPursuedToTheEnd() async throws {
        let rig = try await Rig()
        try await rig.createAndAnswer(1)
        rig.backend.order(.hang, for: .stop)
        try await rig.delete(1)
        try await rig.turn { try rig.tracked(1) == nil }
        let job = try #require(try rig.jobs(1).first)
        #expect(job.effectiveStop != nil)
        #expect(job.removals == 1)
        #expect(try await rig.store.load().pods.isEmpty)
        await rig.end()
    }

    @Test(arguments: [ScriptedFault.fail, .loseAnswer, .hang])
    func whatFailsOnTheWayIsTriedAgain(fault: ScriptedFault) async throws {
        let rig = try await Rig()
        try await rig.createAndAnswer(1)
        rig.backend.order(fault, for: .stop, times: 2)
        rig.backend.order(fault, for: .remove, times: 2)
        rig.backend.order(fault, for: .explain, times: 2)
        try await rig.delete(1)
        try await rig.turn { try rig.tracked(1) == nil }
        #expect(try rig.liveJobs(1) == 0)
        #expect(try #require(try rig.jobs(1).first).removals >= 1)
        await rig.end()
    }

    @Test func aDeleteIsPursuedOverARestart() async throws {
        let rig = try await Rig()
        try await rig.createAndAnswer(1)
        rig.backend.order(.fail, for: .stop, times: 1000)
        try await rig.delete(1)
        try await rig.restart()
        #expect(try rig.liveJobs(1) == 1)
        // The order for failures is used up by time alone.
        try await rig.turn(by: .seconds(300), atMost: .seconds(3_000_000)) { try rig.tracked(1) == nil }
        #expect(try rig.liveJobs(1) == 0)
        await rig.end()
    }

    @Test func aDeleteBeforeItsCreateWins() async throws {
        let rig = try await Rig()
        try await rig.delete(1)
        await #expect(throws: CreateError.deleted(uid: try uid(1))) { try await rig.create(1).value }
        try await rig.restart()
        await #expect(throws: CreateError.deleted(uid: try uid(1))) { try await rig.create(1).value }
        #expect(rig.backend.count(of: .submit) == 0)
        await rig.end()
    }

    @Test(arguments: [ScriptedFault.slow(.seconds(10)), .loseAnswer, .busy(.seconds(30)), .acceptLater(.seconds(15))])
    func aDeleteDuringItsCreateWins(fault: ScriptedFault) async throws {
        let rig = try await Rig()
        rig.backend.order(fault, for: .submit)
        // A list at once would find the job, and end the create before the delete comes.
        rig.backend.order(.slow(.seconds(5)), for: .list)
        let create = try await rig.create(1)
        try await rig.delete(1)
        await #expect(throws: CreateError.deleted(uid: try uid(1))) { try await create.value }
        try await rig.turn { try rig.tracked(1) == nil }
        for _ in 0..<20 { await rig.clock.turn(by: .seconds(30)) }
        #expect(try rig.liveJobs(1) == 0)
        #expect(rig.backend.count(of: .submit) == 1)
        await rig.end()
    }

    @Test func aJobThatComesAfterItsPodWasForgottenIsStoppedAndRemoved() async throws {
        let rig = try await Rig()
        rig.backend.order(.acceptLater(.seconds(600)), for: .submit)
        _ = try await rig.create(1)
        try await rig.delete(1)
        try await rig.turn { try rig.tracked(1) == nil }
        #expect(try rig.jobs(1).map(\.effectiveStop) == [nil])
        try await rig.turn { try rig.jobs(1).first?.removals == 1 }
        #expect(try rig.liveJobs(1) == 0)
        await rig.end()
    }

    @Test func aFinishedPodIsOnlyRemoved() async throws {
        let rig = try await Rig()
        rig.backend.setJobs(runTime: .seconds(60))
        try await rig.createAndAnswer(1)
        try await rig.turn { try rig.view(1)?.statuses.first?.isTerminated == true }
        try await rig.delete(1)
        try await rig.turn { try rig.tracked(1) == nil }
        #expect(rig.backend.count(of: .stop) == 0)
        #expect(try rig.jobs(1).map(\.removals) == [1])
        await rig.end()
    }

    @Test func aSecondDeleteAndOneOfAnUnknownPodAreFine() async throws {
        let rig = try await Rig()
        try await rig.createAndAnswer(1)
        try await rig.delete(1)
        try await rig.delete(1)
        try await rig.turn { try rig.tracked(1) == nil }
        try await rig.delete(1)
        try await rig.delete(2)
        #expect(try rig.jobs(1).map(\.removals) == [1])
        await rig.end()
    }

    @Test func strangersAreReportedAndNeverTouched() async throws {
        let rig = try await Rig()
        try await rig.createAndAnswer(1)
        rig.backend.addStray(ListedJob(handle: JobHandle(id: "s1"), mark: "il-otherone-\(try uid(9))"))
        rig.backend.addStray(ListedJob(handle: JobHandle(id: "s2"), mark: "somebody's own job"))
        rig.backend.addStray(ListedJob(handle: JobHandle(id: "s3"), mark: "il-\(rig.store.instance)-\(try uid(8))"))
        for _ in 0..<20 { await rig.clock.turn(by: .seconds(60)) }
        let strays = rig.notes.withLock { $0 }.compactMap { note in
            if case .stray(_, let handle, _) = note { handle.id } else { nil }
        }
        #expect(strays.sorted() == ["s1", "s3"])
        #expect(rig.backend.count(of: .stop) == 0)
        await rig.end()
    }

    @Test func aFinishedPodThatNobodyAsksForExpiresAndARunningOneDoesNot() async throws {
        let rig = try await Rig { $0.expiry = .seconds(86_400) }
        rig.backend.setJobs(runTime: .seconds(60))
        try await rig.createAndAnswer(1)
        rig.backend.setJobs(runTime: .seconds(86_400 * 30))
        try await rig.createAndAnswer(2)
        for _ in 0..<60 { await rig.clock.turn(by: .seconds(3600)) }
        #expect(try rig.tracked(1) == nil)
        #expect(try rig.jobs(1).map(\.removals) == [1])
        #expect(try rig.liveJobs(2) == 1)
        let unasked = rig.notes.withLock { $0 }.contains { if case .unasked = $0 { true } else { false } }
        #expect(unasked)
        await rig.end()
    }
}
