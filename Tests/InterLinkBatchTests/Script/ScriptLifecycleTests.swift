import Foundation
import InterLinkPluginKit
import Testing

@testable import InterLinkBatch

@Suite("The script keeps Kubernetes' rules of life")
struct ScriptLifecycleTests {
    @Test func `A container that fails is started again, with its log and end remembered`() async throws {
        let main = ContainerPlan.shell(
            "main", "echo run $(ls /tries | wc -l); touch /tries/$$; [ $(ls /tries | wc -l) -ge 3 ]",
            restart: .onFailure
        ) {
            $0.mounts = [MountPlan(source: .workspace("volumes/tries"), target: "/tries", readOnly: false)]
        }
        let trial = try ScriptTrial([main], restartPolicy: .onFailure) {
            $0.scratch = [ScratchPlan(path: "volumes/tries", inMemory: false, sizeLimit: nil)]
        }
        let process = try trial.start()
        try await eventually("it waits to be started again") { trial.state["c0.reason"] == "CrashLoopBackOff" }
        #expect(try await process.end() == 0)
        let closing = try #require(trial.closing)
        #expect(closing["c0.restarts"] == "2" && closing["c0.exit"] == "0")
        #expect(closing["c0.last.exit"] == "1" && closing["c0.last.reason"] == "Error")
        #expect(trial.log("main") == "run 2\n" && trial.log("main", previous: true) == "run 1\n")
    }

    @Test func `TERM lets containers end by themselves, within the grace`() async throws {
        let polite = ContainerPlan.shell("polite", "trap 'echo bye; exit 3' TERM; echo up; while :; do sleep 0.1; done")
        let stubborn = ContainerPlan.shell("stubborn", "trap '' TERM; echo up; while :; do sleep 0.1; done")
        let trial = try ScriptTrial([polite, stubborn], grace: 2)
        let process = try trial.start()
        try await eventually("both run") { trial.log("polite") == "up\n" && trial.log("stubborn") == "up\n" }
        process.signal(SIGTERM)
        #expect(try await process.end() == 3)
        let closing = try #require(trial.closing)
        #expect(closing.all("exit") == ["3", "137"] && closing["c1.signal"] == "9")
        #expect(trial.log("polite") == "up\nbye\n")
        #expect(closing["reason"] == "Terminated")
        #expect(trial.strays().isEmpty)
    }

    @Test func `Sidecars start in order before the containers, and stop after them in reverse`() async throws {
        func sidecar(_ name: String) -> ContainerPlan {
            .shell(
                name,
                "trap 'echo stop \(name) >>/notes/order; exit 0' TERM; echo start \(name) >>/notes/order; while :; do sleep 0.1; done",
                role: .sidecar, restart: .always
            ) {
                $0.mounts = [notes]
                $0.startupProbe = ProbePlan(.exec(["grep", "start \(name)", "/notes/order"]))
                $0.startupProbe?.period = 1
            }
        }
        let main = ContainerPlan.shell("main", "echo main >>/notes/order; cat /notes/order") {
            $0.mounts = [Self.notes]
        }
        let trial = try ScriptTrial([sidecar("a"), sidecar("b"), main]) { $0.scratch = [Self.notesFolder] }
        #expect(try await trial.run() == 0)
        #expect(trial.text("volumes/notes/order") == "start a\nstart b\nmain\nstop b\nstop a\n")
        #expect(trial.closing?.all("exit") == ["0", "0", "0"])
    }

    @Test func `The deadline ends the pod`() async throws {
        let trial = try ScriptTrial([.shell("main", "sleep 100")], grace: 2) { $0.activeDeadline = 1 }
        #expect(try await trial.run() != 0)
        #expect(trial.closing?["reason"] == "DeadlineExceeded")
        // On a slow machine it may end before the container has started.
        #expect(["143", "137"].contains(trial.closing?["c0.exit"]))
    }

    @Test func `postStart runs beside the container, preStop before its signal`() async throws {
        let main = ContainerPlan.shell(
            "main", "trap 'echo term >>/notes/order; exit 0' TERM; while :; do sleep 0.1; done"
        ) {
            $0.mounts = [Self.notes]
            $0.postStart = HookPlan(.exec(["sh", "-c", "echo started >>/notes/order"]))
            $0.preStop = HookPlan(.exec(["sh", "-c", "echo stopping >>/notes/order"]))
        }
        let trial = try ScriptTrial([main]) { $0.scratch = [Self.notesFolder] }
        let process = try trial.start()
        try await eventually("it is up") { trial.state["c0.up"] == "1" }
        process.signal(SIGTERM)
        _ = try await process.end()
        #expect(trial.text("volumes/notes/order") == "started\nstopping\nterm\n")
    }

    @Test func `A postStart hook that fails ends its container`() async throws {
        let main = ContainerPlan.shell("main", "sleep 100") {
            $0.postStart = HookPlan(.exec(["sh", "-c", "echo no good; exit 1"]))
        }
        let trial = try ScriptTrial([main])
        #expect(try await trial.run() == 143)
        #expect(trial.closing?["c0.message"]?.contains("no good") == true)
    }

    @Test func `Liveness starts its container alone again; readiness only tells`() async throws {
        let sick = ContainerPlan.shell(
            "sick", "if [ -e /notes/once ]; then exec sleep 2; fi; touch /notes/once; exec sleep 100",
            restart: .onFailure
        ) {
            $0.mounts = [Self.notes]
            $0.livenessProbe = ProbePlan(
                .exec([
                    "sh", "-c",
                    "[ ! -e /notes/once ] || [ -e /notes/twice ] || { touch /notes/twice; echo sick; exit 1; }",
                ]))
            $0.livenessProbe?.period = 1
            $0.livenessProbe?.timeout = 60
            $0.livenessProbe?.failureThreshold = 1
        }
        let shy = ContainerPlan.shell("shy", "sleep 4") {
            $0.readinessProbe = ProbePlan(.exec(["false"]))
            $0.readinessProbe?.period = 1
        }
        let trial = try ScriptTrial([sick, shy], restartPolicy: .onFailure, grace: 2) {
            $0.scratch = [Self.notesFolder]
        }
        #expect(try await trial.run() == 0)
        let closing = try #require(trial.closing)
        #expect(closing.all("restarts") == ["1", "0"] && closing.all("exit") == ["0", "0"])
        #expect(closing["c0.last.message"]?.contains("failed liveness probe: sick") == true)
        #expect(closing["c0.last.exit"] == "143" && closing["c0.last.signal"] == "15")
    }

    static let notes = MountPlan(source: .workspace("volumes/notes"), target: "/notes", readOnly: false)
    static let notesFolder = ScratchPlan(path: "volumes/notes", inMemory: false, sizeLimit: nil)
    private var notes: MountPlan { Self.notes }
}
