import InterLinkPluginKit
import KubernetesModel
import Testing

@testable import InterLinkBatch

/// Containers as Kubernetes writes them.
@Suite struct ContainerStatusTests {
    private let fixtures = EvidenceFixtures()

    private func statuses(_ extra: [String]) throws -> [ContainerStatus] {
        let lines = ["format=1", "mark=\(try fixtures.mark)", "attempt=1", "node=n7", "phase=running"] + extra
        var evidence = try fixtures.nothing()
        evidence.state = try PodStateFile(Array(lines.joined(separator: "\n").utf8), of: try fixtures.mark)
        return evidence.verdict().observation.containers
    }

    @Test("a running container has an id that names job and node, and what the probes say")
    func running() throws {
        let status = try statuses([
            "c0.name=main", "c0.state=running", "c0.started=1800000001", "c0.up=1", "c0.ready=0", "c0.restarts=2",
            "c0.image=sha256:abc",
        ])[1]
        #expect(status.name == "main")
        #expect(status.containerID == "slurm://4711/n7/main")
        #expect(status.image == "busybox:1")
        #expect(status.imageID == "sha256:abc")
        #expect(status.started == true)
        #expect(status.ready == false)
        #expect(status.restartCount == 2)
        #expect(status.state?.running?.startedAt == Timestamp(secondsSinceEpoch: 1_800_000_001))
    }

    @Test("the run before is the last state")
    func lastState() throws {
        let status = try statuses([
            "c0.name=main", "c0.state=waiting", "c0.reason=CrashLoopBackOff", "c0.message=back-off%2010s",
            "c0.restarts=1", "c0.last.exit=137", "c0.last.signal=9", "c0.last.reason=OOMKilled",
            "c0.last.started=1800000001", "c0.last.finished=1800000002",
        ])[1]
        #expect(status.state?.waiting?.reason == "CrashLoopBackOff")
        #expect(status.state?.waiting?.message == "back-off 10s")
        let last = try #require(status.lastState?.terminated)
        #expect(last.exitCode == 137)
        #expect(last.signal == 9)
        #expect(last.reason == "OOMKilled")
        #expect(last.containerID == "slurm://4711/n7/main")
        #expect(last.finishedAt == Timestamp(secondsSinceEpoch: 1_800_000_002))
    }

    @Test("an init container that has done its work is ready; others that have ended are not")
    func ready() throws {
        let containers = try statuses([
            "c0.name=setup", "c0.state=terminated", "c0.exit=0", "c1.name=main", "c1.state=terminated", "c1.exit=0",
        ])
        #expect(containers.map(\.ready) == [true, false, false])
    }

    @Test("containers of which nothing is said wait, in the order of the pod")
    func unsaid() throws {
        let containers = try statuses([])
        #expect(containers.map(\.name) == ["setup", "main", "side"])
        #expect(
            containers.map { $0.state?.waiting?.reason } == ["ContainerCreating", "PodInitializing", "PodInitializing"])
        #expect(containers.allSatisfy { $0.containerID == nil })
    }
}
