import InterLinkAPI
import InterLinkSystem
import InterLinkTesting
import KubernetesModel
import Testing

@testable import InterLinkPluginKit

@Suite struct StatusEngineTests {
    @Test func manyPodsAtOnePlaceCostOneList() async throws {
        let rig = try await Rig()
        for number in 0..<30 { try await rig.createAndAnswer(number) }
        let before = rig.backend.count(of: .list)
        try await rig.turn {
            try (0..<30).allSatisfy { try rig.view($0)?.statuses.first?.isRunning == true }
        }
        #expect(rig.backend.count(of: .list) - before <= 3)
        await rig.end()
    }

    @Test func aPodAtAPlaceThatWasNotListedYetIsListedSoon() async throws {
        let rig = try await Rig()
        // The engine has found nothing to list, and waits.
        await rig.clock.turn(by: .seconds(1))
        try await rig.createAndAnswer(1)
        try await rig.turn(by: .seconds(1), atMost: .seconds(2)) { try rig.view(1)?.statuses.first?.isRunning == true }
        await rig.end()
    }

    @Test func theFloorHoldsHoweverOftenStatusIsAsked() async throws {
        let rig = try await Rig()
        try await rig.createAndAnswer(1)
        let before = rig.backend.count(of: .list)
        for _ in 0..<100 {
            _ = try rig.view(1)
            await rig.clock.turn(by: .milliseconds(100))
        }
        #expect(rig.backend.count(of: .list) - before <= 3)
        await rig.end()
    }

    @Test func aJobThatEndedIsExplained() async throws {
        let rig = try await Rig()
        rig.backend.setJobs(runTime: .seconds(100), exitCode: 7)
        try await rig.createAndAnswer(1)
        try await rig.turn { try rig.view(1)?.statuses.first?.isTerminated == true }
        #expect(try rig.view(1)?.statuses.map { $0.state?.terminated?.exitCode } == [7, 7])
        await rig.end()
    }

    @Test(arguments: [ScriptedFault.fail, .hang]) func whatCannotBeAskedIsNotGone(fault: ScriptedFault) async throws {
        let rig = try await Rig()
        try await rig.createAndAnswer(1)
        try await rig.turn { try rig.view(1)?.statuses.first?.isRunning == true }
        rig.backend.order(fault, for: .list, times: 10_000)
        for _ in 0..<60 { await rig.clock.turn(by: .seconds(60)) }
        #expect(try rig.view(1)?.statuses.map(Seen.init) == [.running, .running])
        let staleness = await rig.engine.staleness()
        #expect(staleness.values.allSatisfy { $0 > .seconds(3000) })
        await rig.end()
    }

    @Test func anExplanationThatFailsLeavesAJobThatIsNotListedAsItWas() async throws {
        let rig = try await Rig()
        rig.backend.setJobs(runTime: .seconds(86_400))
        try await rig.createAndAnswer(1)
        try await rig.turn { try rig.view(1)?.statuses.first?.isRunning == true }
        rig.backend.order(.fail, for: .explain, times: 10_000)
        rig.backend.forget(try #require(rig.jobs(1).first).id)
        for _ in 0..<60 { await rig.clock.turn(by: .seconds(60)) }
        #expect(try rig.view(1)?.statuses.map(Seen.init) == [.running, .running])
        await rig.end()
    }

    @Test func aForgottenJobIsLostOnlyAfterItsTimeAndTheCauseIsTold() async throws {
        let rig = try await Rig()
        rig.backend.setJobs(runTime: .seconds(86_400))
        try await rig.createAndAnswer(1)
        try await rig.turn { try rig.view(1)?.statuses.first?.isRunning == true }
        rig.backend.forget(try #require(rig.jobs(1).first).id)
        let start = rig.clock.now
        try await rig.turn { try rig.view(1)?.statuses.first?.isTerminated == true }
        #expect(rig.clock.now - start >= rig.settings.absence)
        let end = try #require(try rig.view(1)?.statuses.first?.state?.terminated)
        #expect(end.reason == "JobLost")
        #expect(end.message?.contains("is lost") == true)
        #expect(end.exitCode == 137)
        await rig.end()
    }

    @Test func nonsenseInAListHurtsNobody() async throws {
        let rig = try await Rig()
        try await rig.createAndAnswer(1)
        try await rig.turn { try rig.view(1)?.statuses.first?.isRunning == true }
        rig.backend.order(.nonsense, for: .list, times: 2)
        for _ in 0..<20 { await rig.clock.turn(by: .seconds(30)) }
        #expect(try rig.view(1)?.statuses.map(Seen.init) == [.running, .running])
        await rig.end()
    }

    @Test func aCheapLookIsUsedWhereThereIsOneAndNotAskedForAgainWhereThereIsNone() async throws {
        let without = try await Rig()
        try await without.createAndAnswer(1)
        for _ in 0..<10 { await without.clock.turn(by: .seconds(2)) }
        let refreshes = without.notes.withLock { $0 }.count { note in
            if case .backendCall(.refresh, _, _) = note { true } else { false }
        }
        #expect(refreshes == 1)
        await without.end()

        let rig = try await Rig {
            $0.listFloor = .seconds(600)
            $0.listCeiling = .seconds(600)
        }
        rig.backend.offerRefresh()
        rig.backend.setJobs(runTime: .seconds(20))
        try await rig.createAndAnswer(1)
        try await rig.turn(by: .seconds(2), atMost: .seconds(40)) {
            try rig.view(1)?.statuses.first?.isTerminated == true
        }
        await rig.end()
    }

    @Test func pushedNewsNeedsTheIdAndTheMark() async throws {
        let rig = try await Rig()
        let answer = try await rig.create(1).value
        let job = try #require(rig.jobs(1).first)
        let ended = Observation.gone(Ending(reason: "OOMKilled", message: "out of memory"))
        let other = JobMark(instance: "otherone", uid: try uid(1)).description
        await rig.lifecycle.hear(Event(id: "9", mark: answer.podJID, observation: ended))
        await rig.lifecycle.hear(Event(id: job.id, mark: other, observation: ended))
        #expect(try rig.tracked(1)?.hasEnded == false)
        await rig.lifecycle.hear(Event(id: job.id, mark: answer.podJID, observation: ended))
        #expect(try rig.tracked(1)?.hasEnded == true)
        try await rig.turn { try rig.view(1)?.statuses.first?.state?.terminated?.reason == "OOMKilled" }
        await rig.end()
    }
}
