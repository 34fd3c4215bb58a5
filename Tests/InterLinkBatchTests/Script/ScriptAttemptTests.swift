import Foundation
import Testing

@testable import InterLinkBatch

@Suite("The script tells what became of the pod, whatever happens to the job")
struct ScriptAttemptTests {
    @Test func `A job that runs again does not run a container that has ended`() async throws {
        let trial = try ScriptTrial([.shell("short", "echo short"), .shell("long", "sleep 100")])
        let first = try trial.start()
        try await eventually("one has ended") { trial.state["c0.state"] == "terminated" }
        first.signal(SIGKILL)
        _ = try await first.end()
        #expect(trial.closing == nil)
        #expect(try await trial.run() != 0)
        let closing = try #require(trial.closing)
        #expect(closing["attempt"] == "2" && closing["reason"] == "JobRestarted")
        #expect(closing.all("exit") == ["0", "137"])
        #expect(trial.log("short") == "short\n")
    }

    @Test func `A job that runs again before anything has ended runs the pod`() async throws {
        let trial = try ScriptTrial([
            .shell("main", "if [ -e /proof/once ]; then exit 0; fi; touch /proof/once; sleep 100") {
                $0.mounts = [MountPlan(source: .workspace("volumes/proof"), target: "/proof", readOnly: false)]
            }
        ]) { $0.folders = ["volumes/proof"] }
        let first = try trial.start()
        try await eventually("it runs") { trial.bytes("volumes/proof/once") != nil }
        first.signal(SIGKILL)
        _ = try await first.end()
        #expect(try await trial.run() == 0)
        #expect(trial.closing?["attempt"] == "2" && trial.closing?["c0.exit"] == "0")
    }

    @Test func `A job that runs again after its pod's end tells the same end`() async throws {
        let trial = try ScriptTrial([.shell("main", "echo once; exit 5")])
        #expect(try await trial.run() == 5)
        let first = try #require(trial.closing)
        #expect(try await trial.run() == 5)
        let second = try #require(trial.closing)
        #expect(second["attempt"] == "2" && second["c0.exit"] == "5")
        #expect(second["c0.finished"] == first["c0.finished"] && trial.log("main") == "once\n")
    }

    @Test func `The scheduler's own count of starts is taken where there is one`() async throws {
        let trial = try ScriptTrial([.shell("main", "true")])
        #expect(try await trial.run(["SLURM_RESTART_COUNT": "4", "SLURM_JOB_ID": "4711"]) == 0)
        #expect(trial.closing?["attempt"] == "5" && trial.closing?["job"] == "4711")
        let job = ScriptRecord(trial.text(WorkspaceLayout.job) ?? "")
        #expect(job["variable"] == "SLURM_JOB_ID" && job["attempt"] == "5" && job["pid"] != nil)
    }

    @Test func `What a killed supervisor leaves behind carries its mark`() async throws {
        let trial = try ScriptTrial([.shell("main", "setsid sleep 100 & sleep 100")])
        let process = try trial.start()
        try await eventually("it runs") { trial.strays().count >= 2 }
        process.signal(SIGKILL)
        _ = try await process.end()
        #expect(trial.strays().count >= 2)
    }

    @Test func `Nothing goes on after the closing record`() async throws {
        let trial = try ScriptTrial([.shell("main", "setsid sleep 100 & sleep 100 & echo done")])
        #expect(try await trial.run() == 0)
        #expect(trial.strays().isEmpty)
    }
}
