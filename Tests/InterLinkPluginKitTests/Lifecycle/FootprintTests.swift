import InterLinkSystem
import InterLinkTesting
import KubernetesModel
import TestSupport
import Testing

@testable import InterLinkPluginKit

@Suite(.serialized) struct FootprintTests {
    /// What the heaps are left with beside that is measured by `./scripts/bench server`.
    @Test func tenThousandTrackedPodsTakeLittleMemory() async throws {
        let fixture = try StoreFixture()
        let clock = TurnableClock()
        try await fill(fixture.path, pods: 10_000)
        let before = FreeMemory.bytesInUse
        let start = ContinuousClock.now
        let store = try await Store.open(at: fixture.path)
        let lifecycle = Lifecycle(plugin: ScriptedPlugin(ScriptedBackend(clock: clock)), store: store, clock: clock)
        try await lifecycle.restore()
        let took = ContinuousClock.now - start
        let each = (FreeMemory.bytesInUse - before) / 10_000
        print("lifecycle: 10,000 pods restored in \(took), \(each) bytes each")
        #expect(lifecycle.table.count == 10_000)
        #expect(each < 2_500)
        await store.close()
    }

    private func fill(_ path: String, pods: Int) async throws {
        let store = try await Store.open(at: path)
        let statuses = ["c0", "c1"].map { name in
            ContainerStatus(
                image: "registry.example/team/image:1", imageID: "", name: name, ready: true, restartCount: 0,
                containerID: "slurm://123456/node7/\(name)", started: true,
                state: ContainerState(running: ContainerStateRunning(startedAt: Timestamp(secondsSinceEpoch: 1))))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<pods {
                let pod = try record(number)
                group.addTask {
                    try await store.recordIntent(pod)
                    try await store.recordStage(.started(JobHandle(id: "\(number)"), at: .distantPast), of: pod.uid)
                    try await store.recordClaim(of: pod.uid)
                    try await store.recordStates(
                        StateRecord(attempt: 1, endedAt: nil, containers: statuses), of: pod.uid)
                }
            }
            try await group.waitForAll()
        }
        await store.close()
    }
}
