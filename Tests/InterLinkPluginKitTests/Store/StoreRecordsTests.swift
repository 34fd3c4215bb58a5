import InterLinkSystem
import KubernetesModel
import TestSupport
import Testing

@testable import InterLinkPluginKit

@Suite struct StoreRecordsTests {
    @Test func everythingOfAPodComesBackAfterARestart() async throws {
        let fixture = try StoreFixture()
        var first = try record(1)
        var second = try record(2, site: "there")
        let third = try record(3)
        let store = try await Store.open(at: fixture.path)
        for pod in [first, second, third] { try await store.recordIntent(pod) }
        first.stage = .started(JobHandle(id: "4711", detail: "{}"), at: Moment(seconds: 5))
        try await store.recordStage(first.stage, of: first.uid)
        first.isClaimed = true
        try await store.recordClaim(of: first.uid)
        let states = StateRecord(attempt: 2, endedAt: Moment(seconds: 9), containers: [status(of: "c0")])
        first.states = states
        try await store.recordStates(states, of: first.uid)
        second.stage = .rejected(why: "no such partition")
        try await store.recordStage(second.stage, of: second.uid)
        second.deletion = DeletionRecord(at: Moment(seconds: 7), grace: .seconds(12))
        let tombstone = Tombstone(
            uid: second.uid, namespace: "space", name: "n", placement: second.placement, at: Moment(seconds: 7),
            isDeleted: true)
        try await store.recordDeletion(
            DeletionRecord(at: Moment(seconds: 7), grace: .seconds(12)), tombstone: tombstone)
        let instance = store.instance
        await store.close()

        let again = try await Store.open(at: fixture.path)
        let contents = try await again.load()
        #expect(again.instance == instance)
        #expect(contents.pods == [first, second, third])
        #expect(contents.tombstones == [tombstone])
        await again.close()
    }

    @Test func aForgottenPodLeavesItsTombstoneAndNothingElse() async throws {
        let fixture = try StoreFixture()
        let store = try await Store.open(at: fixture.path)
        let pod = try record(1)
        try await store.recordIntent(pod)
        try await store.spool([1], for: pod.uid)
        try await store.recordStates(StateRecord(attempt: 1, endedAt: nil, containers: []), of: pod.uid)
        let tombstone = Tombstone(
            uid: pod.uid, namespace: "space", name: "n", placement: pod.placement, at: Moment(seconds: 3),
            isDeleted: true)
        try await store.forget(leaving: tombstone)
        let contents = try await store.load()
        #expect(contents.pods.isEmpty)
        #expect(contents.tombstones == [tombstone])
        #expect(try await store.spooled(pod.uid) == nil)
        try await store.purgeTombstones(before: Moment(seconds: 4))
        #expect(try await store.load().tombstones.isEmpty)
        await store.close()
    }

    @Test func aWithdrawalDoesNotTakeThePlaceOfADelete() async throws {
        let fixture = try StoreFixture()
        let store = try await Store.open(at: fixture.path)
        let pod = try record(1)
        let deleted = Tombstone(
            uid: pod.uid, namespace: "space", name: "n", placement: nil, at: Moment(seconds: 3), isDeleted: true)
        try await store.recordDeletion(DeletionRecord(at: Moment(seconds: 3), grace: .zero), tombstone: deleted)
        try await store.forget(
            leaving: Tombstone(
                uid: pod.uid, namespace: "space", name: "n", placement: pod.placement, at: Moment(seconds: 9),
                isDeleted: false))
        #expect(try await store.load().tombstones.map(\.isDeleted) == [true])
        #expect(try await store.load().tombstones.map(\.placement) == [pod.placement])
        await store.close()
    }

    @Test func aSpooledRequestIsGoneFromEveryByteOnDiskAfterTheOutcome() async throws {
        let fixture = try StoreFixture()
        let secret = Array("correct horse battery staple".utf8)
        let store = try await Store.open(at: fixture.path)
        let pod = try record(1)
        try await store.recordIntent(pod)
        try await store.spool(secret, for: pod.uid)
        #expect(try await store.spooled(pod.uid) == secret)
        try await store.recordStage(.started(JobHandle(id: "1"), at: .distantPast), of: pod.uid)
        #expect(try await store.spooled(pod.uid) == nil)
        await store.close()
        #expect(try fixture.bytes().firstRange(of: secret) == nil)
        #expect(!StoreFile.exists(fixture.path + "-wal"))
    }

    @Test func keysOfTwoNamespacesAndOfTheTwoDrawersDoNotMeet() async throws {
        let fixture = try StoreFixture()
        let store = try await Store.open(at: fixture.path)
        let values = store.values(namespace: "events")
        try await values.set([1], for: "offset")
        try await values.set([2], for: "offset")
        try await store.values(namespace: "sessions").set([3], for: "offset")
        try await store.credentials(namespace: "events").set([4], for: "token")
        #expect(try await values.value(of: "offset") == [2])
        #expect(try await values.keys() == ["offset"])
        #expect(try await store.credentials(namespace: "events").keys() == ["token"])
        try await values.remove("offset")
        #expect(try await values.value(of: "offset") == nil)
        #expect(try await store.values(namespace: "sessions").value(of: "offset") == [3])
        await store.close()
    }

    @Test func concurrentWritesAreAllDurableAndOneThatFailsFailsAlone() async throws {
        let fixture = try StoreFixture()
        let store = try await Store.open(at: fixture.path)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do {
                        try await store.perform { database throws(StoreError) in
                            try database.run("INSERT INTO spool VALUES (?, ?)", .text("\(number)"), .blob([]))
                            if number % 50 == 7 { throw .failed(path: "", why: "to order") }
                        }
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(into: [true: 0, false: 0]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == [true: 196, false: 4])
        let count = try await store.perform { database throws(StoreError) in
            try database.number("SELECT count(*) FROM spool")
        }
        #expect(count == 196)
        await store.close()
    }

    @Test func afterAFullDiskLaterWritesWork() async throws {
        let fixture = try StoreFixture()
        let store = try await Store.open(at: fixture.path)
        let pod = try record(1)
        try await store.recordIntent(pod)
        try await store.perform { database throws(StoreError) in try database.run("PRAGMA max_page_count = 1") }
        let body = [UInt8](repeating: 7, count: 1 << 20)
        await #expect(throws: StoreError.full(path: fixture.path)) { try await store.spool(body, for: pod.uid) }
        #expect(try await store.spooled(pod.uid) == nil)
        try await store.perform { database throws(StoreError) in
            try database.run("PRAGMA max_page_count = 100000")
        }
        try await store.spool(body, for: pod.uid)
        #expect(try await store.spooled(pod.uid) == body)
        await store.close()
    }

    @Test func statesThatCannotBeReadAreToldAsDamage() async throws {
        let fixture = try StoreFixture()
        let store = try await Store.open(at: fixture.path)
        let pod = try record(1)
        try await store.recordIntent(pod)
        try await store.recordStates(StateRecord(attempt: 1, endedAt: nil, containers: [status(of: "c0")]), of: pod.uid)
        try await store.perform { database throws(StoreError) in
            try database.run("UPDATE states SET body = ?", .blob(Array("[{".utf8)))
        }
        let error = await #expect(throws: StoreError.self) { try await store.load() }
        guard case .damaged(_, let why)? = error else {
            Issue.record("it is told as \(String(describing: error))")
            return
        }
        #expect(why.contains("the states of pod \(pod.uid)"))
        await store.close()
    }

    @Test func aClosedStoreSaysSo() async throws {
        let fixture = try StoreFixture()
        let store = try await Store.open(at: fixture.path)
        await store.close()
        await #expect(throws: StoreError.closed) { try await store.load() }
    }

    @Test func tenThousandRecordsLoadWithoutTheirBodies() async throws {
        let fixture = try StoreFixture()
        let store = try await Store.open(at: fixture.path)
        let states = StateRecord(attempt: 1, endedAt: nil, containers: ["c0", "c1"].map(status))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<10_000 {
                let pod = try record(number)
                group.addTask {
                    try await store.recordIntent(pod)
                    try await store.recordStage(.started(JobHandle(id: "\(number)"), at: .distantPast), of: pod.uid)
                    try await store.recordStates(states, of: pod.uid)
                }
            }
            try await group.waitForAll()
        }
        await store.close()
        let start = ContinuousClock.now
        let again = try await Store.open(at: fixture.path)
        let contents = try await again.load()
        print("store: opened and loaded \(contents.pods.count) records in \(ContinuousClock.now - start)")
        #expect(contents.pods.count == 10_000)
        #expect(contents.pods.allSatisfy { $0.digest.containers.count == 2 && $0.stage.handle != nil })
        #expect(contents.pods.allSatisfy { $0.states == states })
        await again.close()
    }

    @Test func onlyWritesAreCounted() async throws {
        let fixture = try StoreFixture()
        let counted = Lock(0)
        let store = try await Store.open(at: fixture.path) { writes, _ in counted.withLock { $0 += writes } }
        try await store.recordIntent(try record(1))
        let values = store.values(namespace: "n")
        try await values.set([1], for: "key")
        _ = try await store.load()
        _ = try await store.spooled(try uid(1))
        _ = try await values.value(of: "key")
        _ = try await values.keys()
        await store.close()
        #expect(counted.withLock { $0 } == 2)
    }

    private func status(of container: String) -> ContainerStatus {
        ContainerStatus(
            image: "registry.example/team/image:1", imageID: "", name: container, ready: true, restartCount: 0,
            containerID: "slurm://123456/node7/\(container)", started: true,
            state: ContainerState(running: ContainerStateRunning(startedAt: Timestamp(secondsSinceEpoch: 1))))
    }
}
