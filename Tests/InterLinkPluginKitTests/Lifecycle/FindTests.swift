import InterLinkAPI
import InterLinkTesting
import KubernetesModel
import Testing

@testable import InterLinkPluginKit

@Suite struct FindTests {
    /// A pod whose job is accepted and over before the next host looks.
    private func crashed(after pause: Duration = .seconds(60), hasMemory: Bool = true) async throws -> Rig {
        let rig = try await Rig()
        if !hasMemory { rig.backend.loseMemory() }
        rig.backend.setJobs(runTime: .seconds(10), exitCode: 3)
        rig.backend.order(.hangAfterwards, for: .submit)
        _ = try await rig.create(1)
        #expect(try rig.jobs(1).count == 1)
        try await rig.restart(after: pause)
        return rig
    }

    @Test func aJobThatEndedWhileTheHostWasDownIsFoundWithItsExitCodesAndNotRunAgain() async throws {
        let rig = try await crashed()
        let create = try await rig.create(1)
        try await rig.turn { try rig.view(1)?.statuses.count == 2 }
        _ = try await create.value
        #expect(try rig.view(1)?.statuses.map { $0.state?.terminated?.exitCode } == [3, 3])
        for _ in 0..<20 { await rig.clock.turn(by: .seconds(60)) }
        #expect(try rig.jobs(1).count == 1)
        await rig.end()
    }

    @Test(arguments: [ScriptedFault.fail, .hang])
    func whileTheMemoryCannotBeAskedNothingIsConcluded(fault: ScriptedFault) async throws {
        let rig = try await crashed()
        rig.backend.order(fault, for: .find, times: 5)
        let create = try await rig.create(1)
        try await rig.turn { rig.backend.count(of: .find) == 5 }
        #expect(try rig.jobs(1).count == 1)
        guard case .unclear? = try rig.tracked(1)?.phase else {
            Issue.record("it was concluded upon")
            return
        }
        _ = try await create.value
        try await rig.turn { try rig.view(1)?.statuses.first?.state?.terminated?.exitCode == 3 }
        #expect(try rig.jobs(1).count == 1)
        await rig.end()
    }

    @Test func aMemoryThatHangsHoldsUpNoList() async throws {
        let rig = try await crashed()
        rig.backend.order(.hang, for: .find, times: .max)
        try await rig.turn { rig.backend.count(of: .find) == 1 }
        let before = rig.backend.count(of: .list)
        for _ in 0..<4 { await rig.clock.turn(by: .seconds(10)) }
        #expect(rig.backend.count(of: .list) > before)
        await rig.end()
    }

    @Test func manyPodsAtOnePlacementAreAskedForInOneCall() async throws {
        let rig = try await Rig()
        rig.backend.order(.fail, for: .submit, times: 10)
        for number in 0..<10 { _ = try await rig.create(number) }
        try await rig.turn { try (0..<10).allSatisfy { try rig.jobs($0).count == 1 } }
        #expect(rig.backend.count(of: .find) <= 2)
        await rig.end()
    }

    @Test func theRemainsOfADeletedPodsJobAreRemovedThoughItEndedUnseen() async throws {
        let rig = try await crashed()
        try await rig.delete(1)
        try await rig.turn { try rig.tracked(1) == nil }
        #expect(try rig.jobs(1).map(\.removals) == [1])
        await rig.end()
    }

    @Test func theRemainsOfAnUnclaimedJobThatEndedUnseenAreRemoved() async throws {
        let rig = try await crashed()
        try await rig.turn { try rig.tracked(1) == nil }
        #expect(try rig.jobs(1).map(\.removals) == [1])
        await rig.end()
    }

    @Test func withoutAMemoryAPodThatWasLongOutOfSightFailsAndTheReasonIsTold() async throws {
        let rig = try await crashed(after: .seconds(3600), hasMemory: false)
        let create = try await rig.create(1)
        try await rig.turn { try rig.view(1)?.statuses.count == 2 }
        _ = try await create.value
        #expect(try rig.view(1)?.statuses.first?.state?.terminated?.message?.contains("cannot be known") == true)
        for _ in 0..<20 { await rig.clock.turn(by: .seconds(60)) }
        #expect(rig.backend.count(of: .submit) == 1)
        await rig.end()
    }

    @Test func withoutAMemoryARestartAloneFailsNoPod() async throws {
        let rig = try await Rig()
        rig.backend.loseMemory()
        rig.backend.order(.hang, for: .submit)
        _ = try await rig.create(1)
        try await rig.restart(after: .seconds(30))
        let create = try await rig.create(1)
        try await rig.turn { try rig.jobs(1).count == 1 }
        _ = try await create.value
        #expect(try rig.liveJobs(1) == 1)
        await rig.end()
    }
}
