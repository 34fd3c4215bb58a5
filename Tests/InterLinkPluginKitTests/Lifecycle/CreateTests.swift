import InterLinkAPI
import InterLinkTesting
import KubernetesModel
import Testing

@testable import InterLinkPluginKit

@Suite struct CreateTests {
    @Test func aCreateIsAnsweredWithTheHostsOwnIdWhenTheJobIsThere() async throws {
        let rig = try await Rig()
        let answer = try await rig.create(1).value
        #expect(answer.podUID == (try uid(1)).text)
        #expect(answer.podJID == "il-\(rig.store.instance)-\(try uid(1))")
        #expect(try rig.jobs(1).map(\.mark) == [answer.podJID])
        await rig.end()
    }

    @Test func creatingAgainAnswersTheSameAndStartsNothing() async throws {
        let rig = try await Rig()
        let first = try await rig.create(1).value
        #expect(try await rig.create(1).value == first)
        try await rig.restart()
        #expect(try await rig.create(1).value == first)
        #expect(try rig.jobs(1).count == 1)
        await rig.end()
    }

    @Test func concurrentCreatesOfOnePodMakeOneCallAndGetOneAnswer() async throws {
        let rig = try await Rig()
        rig.backend.order(.slow(.seconds(5)), for: .submit)
        var creates: [Task<CreateAnswer, any Error>] = []
        for _ in 0..<20 { creates.append(try await rig.create(1)) }
        await rig.clock.turn(by: .seconds(5))
        var answers: Set<String> = []
        for create in creates { answers.insert(try await create.value.podJID) }
        #expect(answers.count == 1)
        #expect(rig.backend.count(of: .submit) == 1)
        #expect(try rig.jobs(1).count == 1)
        await rig.end()
    }

    @Test func theSameUIDWithADifferentSpecIsAConflictThatSaysWhat() async throws {
        let rig = try await Rig()
        _ = try await rig.create(1).value
        let error = await #expect(throws: CreateError.self) { try await rig.create(1, image: "other").value }
        #expect(error == .conflict(uid: try uid(1), difference: "container main has another image, command or role"))
        #expect(try rig.jobs(1).count == 1)
        await rig.end()
    }

    @Test func aRefusalIsToldAndNotTriedAgain() async throws {
        let rig = try await Rig()
        rig.backend.order(.reject("no such queue"), for: .submit)
        for _ in 0..<2 {
            await #expect(throws: CreateError.rejected(why: "no such queue")) { try await rig.create(1).value }
        }
        try await rig.restart()
        await #expect(throws: CreateError.rejected(why: "no such queue")) { try await rig.create(1).value }
        #expect(rig.backend.count(of: .submit) == 1)
        await rig.end()
    }

    @Test func atTheSoftLimitACreateIsAnsweredAndThenPursued() async throws {
        let rig = try await Rig()
        rig.backend.order(.busy(.seconds(60)), for: .submit, times: 3)
        let create = try await rig.create(1)
        await rig.clock.turn(by: .seconds(20))
        _ = try await create.value
        #expect(try rig.jobs(1).isEmpty)
        #expect(try await rig.store.spooled(uid(1)) != nil)
        try await rig.turn { try rig.jobs(1).count == 1 }
        #expect(try await rig.store.spooled(uid(1)) == nil)
        await rig.end()
    }

    @Test func aRefusalAfterTheAnswerIsToldAsTheEndOfTheContainers() async throws {
        let rig = try await Rig()
        rig.backend.order(.busy(.seconds(60)), for: .submit)
        rig.backend.order(.reject("the account is closed"), for: .submit)
        let create = try await rig.create(1)
        await rig.clock.turn(by: .seconds(20))
        _ = try await create.value
        try await rig.turn { try rig.view(1)?.statuses.count == 2 }
        let ends = try rig.view(1)?.statuses.map(\.state?.terminated)
        #expect(ends?.map(\.?.exitCode) == [137, 137])
        #expect(ends?.map(\.?.message) == ["the account is closed", "the account is closed"])
        await rig.end()
    }

    /// Each of these may or may not have made a job: the lists decide, and there is one job in the end.
    @Test(arguments: [
        ScriptedFault.fail, .loseAnswer, .hangAfterwards, .nonsense, .slow(.seconds(300)), .acceptLater(.seconds(20)),
    ])
    func anUnclearSubmissionEndsInOneJob(fault: ScriptedFault) async throws {
        let rig = try await Rig()
        rig.backend.order(fault, for: .submit)
        let create = try await rig.create(1)
        await rig.clock.turn(by: .seconds(20))
        _ = try await create.value
        try await rig.turn { try rig.tracked(1)?.phase.handle != nil }
        try await rig.turn { try rig.view(1)?.statuses.first?.isRunning == true }
        await rig.clock.turn(by: .seconds(600))
        await rig.clock.turn(by: .seconds(600))
        #expect(try rig.jobs(1).count == 1)
        #expect(try rig.liveJobs(1) == 1)
        await rig.end()
    }

    @Test func notSubmittedIsConcludedOnlyAfterTwoListsASettleTimeApart() async throws {
        let rig = try await Rig()
        rig.backend.order(.fail, for: .submit)
        rig.backend.order(.fail, for: .list, times: 3)
        let create = try await rig.create(1)
        await rig.clock.turn(by: .seconds(20))
        _ = try await create.value
        let start = rig.clock.now
        try await rig.turn(by: .seconds(1)) { try rig.jobs(1).count == 1 }
        #expect(rig.clock.now - start >= rig.settings.settle)
        #expect(rig.backend.count(of: .list) >= 5)
        await rig.end()
    }

    @Test func aSubmitterThatNeverEndsIsNeverCalledNotSubmitted() async throws {
        let rig = try await Rig()
        rig.backend.order(.hang, for: .submit)
        let create = try await rig.create(1)
        await rig.clock.turn(by: .seconds(20))
        _ = try await create.value
        for _ in 0..<60 { await rig.clock.turn(by: .seconds(60)) }
        #expect(rig.backend.count(of: .submit) == 1)
        guard case .unclear? = try rig.tracked(1)?.phase else {
            Issue.record("it was concluded upon")
            return
        }
        await rig.end()
    }

    @Test func aJobThatComesAfterTheConclusionIsFoundToBeASecondOneAndStopped() async throws {
        let rig = try await Rig()
        rig.backend.order(.acceptLater(.seconds(300)), for: .submit)
        let create = try await rig.create(1)
        await rig.clock.turn(by: .seconds(20))
        _ = try await create.value
        try await rig.turn { try rig.jobs(1).count == 2 }
        try await rig.turn { try rig.jobs(1).contains { $0.effectiveStop != nil } }
        for _ in 0..<20 { await rig.clock.turn(by: .seconds(30)) }
        #expect(try rig.liveJobs(1) == 1)
        #expect(try rig.jobs(1).first { $0.isLive(at: rig.clock.now) }?.id == rig.tracked(1)?.phase.handle?.id)
        await rig.end()
    }

    @Test func aStuckCallHoldsUpNoOtherPod() async throws {
        let rig = try await Rig { $0.concurrentSubmits = 1 }
        rig.backend.order(.hang, for: .submit, of: try uid(1))
        _ = try await rig.create(1)
        let other = try await rig.create(2)
        await rig.clock.turn(by: rig.settings.patience)
        _ = try await other.value
        #expect(try rig.jobs(2).count == 1)
        await rig.end()
    }

    @Test func manyWaitingPodsGoToTheBackendTogether() async throws {
        let rig = try await Rig { $0.concurrentSubmits = 1 }
        rig.backend.order(.slow(.seconds(2)), for: .submit, of: try uid(0))
        let lifecycle = rig.lifecycle
        let first = try await rig.create(0)
        let creates = try (1...30).map { number in
            let request = try Rig.request(number)
            return Task { try await lifecycle.create(request) }
        }
        await rig.clock.quiet()
        await rig.clock.turn(by: .seconds(2))
        for create in [first] + creates { _ = try await create.value }
        #expect(rig.backend.jobs.count == 31)
        #expect(rig.backend.count(of: .submit) <= 4)
        await rig.end()
    }

    @Test func whatCannotBeWrittenDownIsRefusedAndLaterCreatesWork() async throws {
        let rig = try await Rig()
        try await rig.store.perform { database throws(StoreError) in
            try database.run("CREATE TRIGGER full BEFORE INSERT ON pods BEGIN SELECT RAISE(ABORT, 'full'); END")
        }
        let error = await #expect(throws: CreateError.self) { try await rig.create(1).value }
        guard case .notRecorded = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(rig.backend.count(of: .submit) == 0)
        try await rig.store.perform { database throws(StoreError) in try database.run("DROP TRIGGER full") }
        _ = try await rig.create(1).value
        #expect(try rig.jobs(1).count == 1)
        await rig.end()
    }

    @Test func aJobWhoseOutcomeCannotBeWrittenDownIsNotLeftBehind() async throws {
        let rig = try await Rig()
        try await rig.store.perform { database throws(StoreError) in
            try database.run("CREATE TRIGGER full BEFORE UPDATE ON pods BEGIN SELECT RAISE(ABORT, 'full'); END")
        }
        await #expect(throws: CreateError.self) { try await rig.create(1).value }
        try await rig.turn { try rig.jobs(1).first?.effectiveStop != nil }
        #expect(try rig.jobs(1).count == 1)
        await rig.end()
    }

    @Test func hostileIdentifiersAreRefusedWithAShortText() throws {
        for text in ["", "../../etc/passwd", "a\u{0}b", "a b", String(repeating: "a", count: 1_000_000), "-rf", "ABC"] {
            var request = try Rig.request(1)
            request.pod.metadata.uid = text
            let error = #expect(throws: CreateError.self) { try PodDigest(request) }
            #expect((error?.description.utf8.count ?? 0) < 200)
        }
    }
}
