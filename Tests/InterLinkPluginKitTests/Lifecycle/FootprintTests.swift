import Glibc
import InterLinkTesting
import KubernetesModel
import LosslessJSON
import TestSupport
import Testing

@testable import InterLinkPluginKit

@Suite(.serialized) struct FootprintTests {
    @Test func tenThousandTrackedPodsTakeLittleMemoryAndTime() async throws {
        let fixture = try StoreFixture()
        let clock = TurnableClock()
        let before = Self.resident()
        try await fill(fixture.path, pods: 10_000)
        let start = ContinuousClock.now
        let store = try await Store.open(at: fixture.path)
        let lifecycle = Lifecycle(plugin: ScriptedPlugin(ScriptedBackend(clock: clock)), store: store, clock: clock)
        try await lifecycle.restore()
        let took = ContinuousClock.now - start
        // An upper bound: what the filling of the records left behind is in it.
        let grown = Self.resident() - before
        print("lifecycle: 10,000 pods restored in \(took), at most \(grown / 10_000) bytes resident each")
        #expect(lifecycle.table.count == 10_000)
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
        let body = JSON.encode(statuses)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<pods {
                let pod = try record(number)
                group.addTask {
                    try await store.recordIntent(pod)
                    try await store.recordStage(.started(JobHandle(id: "\(number)"), at: .distantPast), of: pod.uid)
                    try await store.recordClaim(of: pod.uid)
                    try await store.recordStates(StateRecord(attempt: 1, endedAt: nil, body: body), of: pod.uid)
                }
            }
            try await group.waitForAll()
        }
        await store.close()
    }

    private static func resident() -> Int {
        let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var text = [UInt8](repeating: 0, count: 128)
        let count = read(file, &text, text.count)
        let words = String(decoding: text[..<max(0, count)], as: UTF8.self).split(separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * Int(getpagesize()) : 0
    }
}
