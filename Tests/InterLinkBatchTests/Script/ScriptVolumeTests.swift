import Foundation
import InterLinkPluginKit
import Testing

@testable import InterLinkBatch

@Suite("The script gives containers their volumes")
struct ScriptVolumeTests {
    @Test func `Mounts appear at their targets, inside each other, and read-only for real`() async throws {
        let main = ContainerPlan.shell(
            "main",
            """
            cat /config/deep/key /etc/interlink-test/file
            echo no >>/config/deep/key || echo kept
            rm /config/other || echo kept
            echo yes >/shared/out && ls /shared
            ls /dev/null >/dev/null && echo devices
            """
        ) {
            $0.mounts = [
                MountPlan(source: .workspace("volumes/one/key"), target: "/config/deep/key", readOnly: true),
                MountPlan(source: .workspace("volumes/one"), target: "/config", readOnly: true),
                MountPlan(source: .workspace("volumes/one/key"), target: "/etc/interlink-test/file", readOnly: true),
                MountPlan(source: .workspace("volumes/shared"), target: "/shared", readOnly: false),
            ]
        }
        let trial = try ScriptTrial([main]) {
            $0.files = [
                WorkspaceFile(path: "volumes/one/key", contents: Array("value\n".utf8), mode: 0o644),
                WorkspaceFile(path: "volumes/one/other", contents: [], mode: 0o644),
                WorkspaceFile(path: "volumes/one/deep/key", contents: [], mode: 0o644),
            ]
            $0.scratch = [ScratchPlan(path: "volumes/shared", inMemory: false, sizeLimit: nil)]
        }
        #expect(try await trial.run() == 0, "\(trial.text(WorkspaceLayout.supervisorLog) ?? "")")
        let lines = trial.log("main").split(separator: "\n").filter { !$0.contains("Read-only file system") }
        #expect(lines == ["value", "value", "kept", "kept", "out", "devices"])
        #expect(trial.text("volumes/shared/out") == "yes\n")
        #expect(
            !FileManager.default.fileExists(atPath: "/config") && !FileManager.default.fileExists(atPath: "/shared"))
        #expect(!FileManager.default.fileExists(atPath: "/etc/interlink-test"))
    }

    @Test func `An emptyDir in memory is shared, and gone at the end`() async throws {
        let mount = MountPlan(source: .workspace("volumes/fast"), target: "/fast", readOnly: false)
        let trial = try ScriptTrial([
            .shell("writer", "echo fast >/fast/file", role: .initial) { $0.mounts = [mount] },
            .shell("reader", "cat /fast/file; stat -f -c %T /fast") { $0.mounts = [mount] },
        ]) { $0.scratch = [ScratchPlan(path: "volumes/fast", inMemory: true, sizeLimit: nil)] }
        #expect(try await trial.run() == 0)
        #expect(trial.log("reader") == "fast\ntmpfs\n")
        let left = try FileManager.default.contentsOfDirectory(atPath: "/dev/shm")
        #expect(!left.contains { $0.hasPrefix(ScriptTrial.mark) })
    }

    @Test func `An emptyDir that grows beyond its limit evicts the pod`() async throws {
        let main = ContainerPlan.shell("main", "head -c 300000 /dev/zero >/data/file; sleep 100") {
            $0.mounts = [MountPlan(source: .workspace("volumes/data"), target: "/data", readOnly: false)]
        }
        let trial = try ScriptTrial([main], grace: 2) {
            $0.scratch = [ScratchPlan(path: "volumes/data", inMemory: false, sizeLimit: 100_000)]
        }
        #expect(try await trial.run() != 0)
        #expect(trial.closing?["reason"] == "Evicted" && trial.closing?["message"]?.contains(#""data""#) == true)
    }

    @Test(arguments: [
        (HostPathPlan(path: "/nosuch/file", requirement: .file), "is no file"),
        (HostPathPlan(path: "/etc/passwd", requirement: .folder), "is no folder"),
        (HostPathPlan(path: "/proc/self/cwd", in: "/srv", requirement: .anything), "outside"),
    ])
    func `A hostPath that is not as asked for fails the pod`(path: HostPathPlan, message: String) async throws {
        let trial = try ScriptTrial([.shell("main", "echo ran")]) { $0.hostPaths = [path] }
        #expect(try await trial.run() != 0)
        #expect(trial.closing?["reason"] == "FailedMount" && trial.closing?["message"]?.contains(message) == true)
        #expect(trial.closing?["c0.reason"] == "NotStarted" && trial.log("main") == "")
    }

    @Test func `Without namespaces there are links inside the workspace, and a reason for everything else`()
        async throws
    {
        let runtime = ProcessRuntime(mounts: .links)
        let outside = try ScriptTrial(
            [
                .shell("main", "echo ran") {
                    $0.mounts = [MountPlan(source: .node("/etc"), target: "/config", readOnly: true)]
                }
            ], runtime: runtime)
        #expect(try await outside.run() != 0)
        #expect(outside.closing?["reason"] == "FailedMount" && outside.closing?["message"]?.contains("/config") == true)
        let plain = try ScriptTrial([.shell("main", "echo ran")], runtime: runtime)
        #expect(try await plain.run() == 0)
        #expect(plain.log("main") == "ran\n")
    }
}
