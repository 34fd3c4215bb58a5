import InterLinkAPI
import InterLinkSystem
import InterLinkTesting
import Testing

@testable import InterLinkPluginKit

@Suite struct RestartTests {
    @Test func anUnansweredIntentIsNotSubmittedAfterARestart() async throws {
        let rig = try await Rig()
        rig.backend.order(.busy(.seconds(3600)), for: .submit)
        _ = try await rig.create(1)
        try await rig.restart()
        try await rig.turn(by: .seconds(30)) { try rig.tracked(1) == nil }
        #expect(rig.backend.count(of: .submit) == 1)
        await rig.end()
    }

    @Test func anUnclaimedJobIsStoppedAfterTenMinutesAndReported() async throws {
        let rig = try await Rig()
        rig.backend.order(.hangAfterwards, for: .submit)
        _ = try await rig.create(1)
        try await rig.restart()
        let start = rig.clock.now
        try await rig.turn { try rig.tracked(1)?.phase.handle != nil }
        try await rig.turn { try rig.jobs(1).first?.effectiveStop != nil }
        #expect(rig.clock.now - start >= .seconds(600))
        try await rig.turn { try rig.tracked(1) == nil }
        #expect(try rig.jobs(1).map(\.removals) == [1])
        #expect(rig.notes.withLock { $0 }.contains { if case .unclaimed = $0 { true } else { false } })
        await rig.end()
    }

    @Test(arguments: ["status", "create"]) func aJobThatIsNamedInTimeGoesOn(by call: String) async throws {
        let rig = try await Rig()
        rig.backend.setJobs(runTime: .seconds(86_400))
        rig.backend.order(.hangAfterwards, for: .submit)
        _ = try await rig.create(1)
        try await rig.restart()
        await rig.clock.turn(by: .seconds(400))
        if call == "status" {
            _ = try rig.view(1)
        } else {
            try await rig.createAndAnswer(1)
        }
        for _ in 0..<30 { await rig.clock.turn(by: .seconds(60)) }
        #expect(try rig.liveJobs(1) == 1)
        #expect(try rig.jobs(1).count == 1)
        try await rig.restart()
        for _ in 0..<30 { await rig.clock.turn(by: .seconds(60)) }
        #expect(try rig.liveJobs(1) == 1)
        await rig.end()
    }

    @Test func anAnsweredPodIsSubmittedFromTheSpoolAfterARestart() async throws {
        let rig = try await Rig()
        rig.backend.order(.busy(.seconds(3600)), for: .submit)
        let create = try await rig.create(1)
        await rig.clock.turn(by: .seconds(20))
        let answer = try await create.value
        await rig.lifecycle.answered(try uid(1), delivered: true)
        try await rig.restart()
        try await rig.turn { try rig.jobs(1).count == 1 }
        #expect(try rig.jobs(1).map(\.mark) == [answer.podJID])
        #expect(try await rig.store.spooled(uid(1)) == nil)
        await rig.end()
    }

    @Test(arguments: [true, false])
    func aPodThatIsKnownToWaitIsSubmittedAfterARestartHoweverLong(hasMemory: Bool) async throws {
        let rig = try await Rig()
        if !hasMemory { rig.backend.loseMemory() }
        rig.backend.order(.busy(.seconds(3600)), for: .submit)
        let create = try await rig.create(1)
        await rig.clock.turn(by: .seconds(20))
        _ = try await create.value
        await rig.lifecycle.answered(try uid(1), delivered: true)
        try await rig.restart(after: .seconds(86_400))
        // Nobody has to look for a job first.
        #expect(try rig.jobs(1).count == 1)
        // From now on there may be one, whatever becomes of the host.
        #expect(try await rig.store.load().pods.first?.stage != .waiting)
        await rig.end()
    }

    @Test func aPodThatWaitedIsLookedForOnceItMayHaveBeenSubmitted() async throws {
        let rig = try await Rig()
        rig.backend.order(.busy(.seconds(60)), for: .submit)
        rig.backend.order(.hangAfterwards, for: .submit)
        let create = try await rig.create(1)
        await rig.clock.turn(by: .seconds(20))
        _ = try await create.value
        await rig.lifecycle.answered(try uid(1), delivered: true)
        try await rig.turn { try rig.jobs(1).count == 1 }
        try await rig.restart()
        try await rig.turn { try rig.tracked(1)?.phase.handle != nil }
        #expect(try rig.jobs(1).count == 1)
        await rig.end()
    }

    @Test func anAnswerThatCouldNotBeDeliveredLeavesTheJobUnclaimed() async throws {
        let rig = try await Rig()
        _ = try await rig.create(1).value
        await rig.lifecycle.answered(try uid(1), delivered: false)
        try await rig.turn { try rig.jobs(1).first?.effectiveStop != nil }
        await rig.end()
    }

    @Test func aPodThatWasGivenUpMayBeCreatedAnew() async throws {
        let rig = try await Rig()
        rig.backend.order(.busy(.seconds(3600)), for: .submit)
        _ = try await rig.create(1)
        try await rig.restart()
        try await rig.turn(by: .seconds(30)) { try rig.tracked(1) == nil }
        try await rig.createAndAnswer(1)
        for _ in 0..<20 { await rig.clock.turn(by: .seconds(60)) }
        #expect(try rig.liveJobs(1) == 1)
        await rig.end()
    }

    @Test func terminalStatesAndRunningOnesAreKnownAfterARestart() async throws {
        let rig = try await Rig()
        rig.backend.setJobs(runTime: .seconds(60), exitCode: 3)
        try await rig.createAndAnswer(1)
        rig.backend.setJobs()
        try await rig.createAndAnswer(2)
        try await rig.turn { try rig.view(1)?.statuses.first?.isTerminated == true }
        try await rig.turn { try rig.view(2)?.statuses.first?.isRunning == true }
        rig.backend.order(.fail, for: .list, times: 100)
        try await rig.restart()
        #expect(try rig.view(1)?.statuses.map(\.isTerminated) == [true, true])
        #expect(try rig.view(2)?.statuses.map(\.isRunning) == [true, true])
        await rig.end()
    }

    @Test func drainingAnswersWaitingCreatesAndStartsNoMore() async throws {
        let rig = try await Rig()
        rig.backend.order(.busy(.seconds(3600)), for: .submit)
        let create = try await rig.create(1)
        await rig.lifecycle.drain(within: .seconds(10))
        _ = try await create.value
        _ = try await rig.create(2).value
        #expect(rig.backend.jobs.isEmpty)
        #expect(try await rig.store.spooled(uid(1)) != nil)
        #expect(try await rig.store.spooled(uid(2)) != nil)
        await rig.end()
    }

    @Test(arguments: [true, false])
    func podsThatOnlyWaitedAtAStopInOrderAreSubmittedAtOnceByTheNextProcess(hasMemory: Bool) async throws {
        let rig = try await Rig { ($0.concurrentSubmits, $0.submitBatch) = (1, 1) }
        if !hasMemory { rig.backend.loseMemory() }
        rig.backend.setJobs(runTime: .seconds(86_400))
        rig.backend.order(.hangAfterwards, for: .submit, of: try uid(1))
        let creates = [try await rig.create(1), try await rig.create(2)]
        await rig.lifecycle.drain(within: .zero)
        // This one comes when nothing is started any more.
        for create in creates + [try await rig.create(3)] { _ = try await create.value }
        for number in 1...3 { await rig.lifecycle.answered(try uid(number), delivered: true) }
        await rig.lifecycle.leave()
        try await rig.restart(after: .seconds(3600))
        #expect(try [2, 3].map { try rig.jobs($0).count } == [1, 1])
        // The backend was called for this one, so that its job is looked for.
        try await rig.turn { try rig.tracked(1)?.phase.handle != nil }
        #expect(try rig.jobs(1).count == 1)
        await rig.end()
    }

    @Test func whoeverDoesNotLeaveInOrderSaysNothingOfWhatWaits() async throws {
        let rig = try await Rig { $0.concurrentSubmits = 0 }
        _ = try await rig.create(1)
        await rig.lifecycle.leave()
        #expect(try await rig.store.load().pods.map(\.stage) == [.intended])
        await rig.end()
    }
}
