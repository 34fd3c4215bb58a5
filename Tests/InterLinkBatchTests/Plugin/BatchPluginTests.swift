import InterLinkPluginKit
import InterLinkTesting
import Testing

@testable import InterLinkBatch

/// Pods as jobs, from create to removal, with the whole host around.
@Suite struct BatchPluginTests {
    @Test("the workspace is there, private and whole, before its job is submitted")
    func submission() async throws {
        let rig = try await BatchRig()
        #expect(try await rig.create().status == 200)
        let job = try #require(rig.cluster.jobs.first?.job)
        #expect(rig.cluster.with { $0.scriptWasThere })
        #expect(job.workspace == rig.folder.at(rig.workspace))
        #expect(job.script == rig.folder.text("\(rig.workspace)/job.sh"))
        #expect(job.archive == nil)
        #expect(job.killAfter == .seconds(17))
        #expect(rig.folder.mode(rig.workspace) == 0o700)
        #expect(rig.folder.mode("\(rig.workspace)/env/main") == 0o600)
        #expect(rig.folder.text("\(rig.workspace)/env/main")?.contains("TOKEN=s3cret\0") == true)
        #expect(!job.script.contains("s3cret"))
        await rig.host.end()
    }

    @Test("a pod that the scheduler rejects leaves nothing")
    func rejected() async throws {
        let rig = try await BatchRig()
        rig.cluster.with { $0.answer = .rejected(why: "no such account") }
        let answer = try await rig.create()
        #expect(answer.status == 422)
        #expect(answer.text.contains("no such account"))
        #expect(!rig.folder.exists(rig.workspace))
        await rig.host.end()
    }

    @Test(
        "a pod that cannot run here is refused with the reason, and leaves nothing",
        arguments: [
            (BatchRig.pod(annotations: #"{"queue":"forged"}"#), "there is no such queue"),
            (BatchRig.pod(#","hostNetwork":false,"volumes":[{"name":"v","hostPath":{"path":"/etc"}}]"#), nil),
        ])
    func refused(pod: String, reason: String?) async throws {
        let rig = try await BatchRig()
        let answer = try await rig.create(pod)
        if let reason {
            #expect(answer.status == 422)
            #expect(answer.text.contains(reason))
            #expect(!rig.folder.exists(rig.workspace))
            #expect(rig.cluster.jobs.isEmpty)
        }
        await rig.host.end()
    }

    @Test("a busy scheduler is asked again, with a workspace made anew")
    func busy() async throws {
        let rig = try await BatchRig()
        rig.cluster.with { $0.answer = .busy(retryAfter: .seconds(5), why: "full") }
        async let creation = rig.create()
        try await rig.eventually("it was asked") { rig.cluster.with { $0.submissions } > 0 }
        rig.cluster.with { $0.answer = nil }
        try await rig.eventually("there is a job") { !rig.cluster.jobs.isEmpty }
        #expect(try await creation.status == 200)
        #expect(rig.folder.exists("\(rig.workspace)/job.sh"))
        await rig.host.end()
    }

    @Test("from the queue to the end, each state is told as it comes")
    func states() async throws {
        let rig = try await BatchRig()
        _ = try await rig.create()
        try await rig.tells("no node is free")
        rig.cluster.set(.running(nodes: ["n7"]))
        try await rig.tells("begins on n7")
        try rig.report("running")
        try await rig.tells(#""containerID":"fake://100/n7/main""#)
        try await rig.tells(#""running""#)
        try rig.report("terminated", exit: 3, isClosing: true)
        try await rig.tells(#""exitCode":3"#)
        await rig.host.end()
    }

    @Test("a job that is killed without a word has failed, for the scheduler's reason")
    func killed() async throws {
        let rig = try await BatchRig()
        _ = try await rig.create()
        try rig.report("running")
        rig.cluster.set(.ended(BatchJobEnd(.outOfMemory, message: "limit 1G")), isListed: false)
        try await rig.tells(#""exitCode":137"#)
        let status = try await rig.status()
        #expect(status.contains("OOMKilled"))
        #expect(status.contains("limit 1G"))
        await rig.host.end()
    }

    @Test("what happened while the plugin was away is told truthfully afterwards")
    func restart() async throws {
        let rig = try await BatchRig()
        _ = try await rig.create()
        rig.cluster.set(.running(nodes: ["n7"]))
        try rig.report("running")
        try await rig.tells(#""running""#)
        try rig.report("terminated", exit: 4, isClosing: true)
        rig.cluster.set(.ended(BatchJobEnd(.success)), isListed: false)
        try await rig.host.restart()
        try await rig.tells(#""exitCode":4"#)
        await rig.host.end()
    }

    @Test("a job whose submission was never answered is found by what it wrote, and not submitted again")
    func found() async throws {
        let rig = try await BatchRig()
        rig.cluster.with { $0.losesAnswers = true }
        async let creation = rig.create()
        try await rig.eventually("it was submitted") { !rig.cluster.jobs.isEmpty }
        rig.cluster.set(.ended(BatchJobEnd(.success)), isListed: false)
        try rig.report("terminated", exit: 0, isClosing: true)
        try await rig.tells(#""exitCode":0"#)
        _ = try await creation
        #expect(rig.cluster.with { $0.submissions } == 1)
        await rig.host.end()
    }

    @Test("a delete asks the job to end, tells it how long it has, and removes everything afterwards")
    func deletion() async throws {
        let rig = try await BatchRig()
        _ = try await rig.create()
        rig.cluster.set(.running(nodes: ["n7"]))
        try rig.folder.makeFolder("\(rig.workspace)/run")
        try rig.report("running")
        try await rig.tells(#""running""#)
        let pod = BatchRig.pod().replacing(
            #""namespace":"science""#, with: #""namespace":"science","deletionGracePeriodSeconds":3"#)
        #expect(try await rig.host.delete(pod).status == 200)
        try await rig.eventually("it is asked to end") { !rig.cluster.stops.isEmpty }
        #expect(rig.cluster.stops.first == FakeCluster.Stop(id: "100", grace: .seconds(13)))
        #expect(rig.folder.text("\(rig.workspace)/run/grace") == "3\n")
        try rig.report("terminated", exit: 143, isClosing: true)
        rig.cluster.set(.ended(BatchJobEnd(.cancelled)), isListed: false)
        try await rig.eventually("it is removed") { !rig.folder.exists(rig.workspace) }
        #expect(rig.cluster.with { $0.removed } == ["100"])
        await rig.host.end()
    }

    @Test("a job that runs again although its pod had ended is stopped")
    func ranAgain() async throws {
        let rig = try await BatchRig()
        _ = try await rig.create()
        rig.cluster.set(.running(nodes: ["n7"]), attempt: 1)
        try rig.report("terminated", exit: 0)
        try await rig.tells(#""exitCode":0"#)
        rig.cluster.set(.running(nodes: ["n8"]), attempt: 2)
        try rig.report("running", attempt: 2)
        try await rig.eventually("it is stopped") { !rig.cluster.stops.isEmpty }
        #expect(try await rig.status().contains(#""exitCode":0"#))
        await rig.host.end()
    }

    @Test("news that the scheduler pushes are told at once")
    func events() async throws {
        let rig = try await BatchRig(host: "lifecycle: { listFloor: 1h, listCeiling: 1h, refreshFloor: 1h }")
        _ = try await rig.create()
        rig.cluster.set(.held(reason: "JobHeldAdmin", message: ""))
        for _ in 0..<2000 {
            rig.cluster.push()
            if try await rig.status().contains("JobHeldAdmin") { break }
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(try await rig.status().contains("JobHeldAdmin"))
        await rig.host.end()
    }

    @Test("a state file that is a link, or another job's, tells nothing")
    func hostileState() async throws {
        let rig = try await BatchRig()
        _ = try await rig.create()
        rig.cluster.set(.running(nodes: ["n7"]))
        try rig.report("terminated", exit: 0, isClosing: true)
        try rig.folder.move("\(rig.workspace)/closing", to: "elsewhere")
        try rig.folder.link("\(rig.workspace)/closing", to: rig.folder.at("elsewhere"))
        try rig.folder.write("format=1\nmark=il-zzzzzzzz-x\nattempt=1\nphase=ended\n", to: "\(rig.workspace)/state")
        try await rig.tells("begins on n7")
        for _ in 0..<10 { await rig.host.clock.turn(by: .seconds(2)) }
        #expect(try await !rig.status().contains("terminated"))
        await rig.host.end()
    }
}
