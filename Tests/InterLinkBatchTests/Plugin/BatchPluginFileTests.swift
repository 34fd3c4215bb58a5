import InterLinkPluginKit
import InterLinkTesting
import LosslessJSON
import Testing

@testable import InterLinkBatch

/// Logs, what is kept and what is found, with and without a shared filesystem.
@Suite struct BatchPluginFileTests {
    private func logs(_ rig: BatchRig, _ options: String = "") async throws -> TestHost.Answer {
        try await rig.host.logs(
            """
            {"Namespace":"science","PodUID":"\(BatchRig.uid)","PodName":"fit","ContainerName":"main",
             "Opts":{\(options)}}
            """)
    }

    @Test("logs are the files of the container, the run before included")
    func files() async throws {
        let rig = try await BatchRig()
        _ = try await rig.create()
        try await rig.tells("no node is free")
        #expect(try await logs(rig).text == "")
        try rig.folder.makeFolder("\(rig.workspace)/logs")
        try rig.folder.write("one\ntwo\n", to: "\(rig.workspace)/logs/main.log")
        try rig.folder.write("1800000000 4\n1800000005 8\n", to: "\(rig.workspace)/logs/main.times")
        #expect(try await logs(rig).text == "one\ntwo\n")
        #expect(try await logs(rig, #""Tail":1"#).text == "two\n")
        #expect(
            try await logs(rig, #""Timestamps":true,"Tail":1"#).text == "2027-01-15T08:00:05.000000000Z two\n")
        #expect(try await logs(rig, #""Previous":true"#).status == 400)
        try rig.folder.write("before\n", to: "\(rig.workspace)/logs/main.previous.log")
        #expect(try await logs(rig, #""Previous":true"#).text == "before\n")
        await rig.host.end()
    }

    @Test("a link in the place of the logs is not followed")
    func linkedLogs() async throws {
        let rig = try await BatchRig()
        _ = try await rig.create()
        try rig.folder.makeFolder("elsewhere")
        try rig.folder.write("secret\n", to: "elsewhere/main.log")
        try rig.folder.link("\(rig.workspace)/logs", to: rig.folder.at("elsewhere"))
        let answer = try await logs(rig)
        #expect(!answer.text.contains("secret"))
        await rig.host.end()
    }

    @Test("where no filesystem is shared, states and logs come through the scheduler, and the files in an archive")
    func unshared() async throws {
        let rig = try await BatchRig(sharesFilesystem: false)
        _ = try await rig.create()
        let job = try #require(rig.cluster.jobs.first?.job)
        let archive = try #require(job.archive)
        #expect(archive.starts(with: [0x1F, 0x8B]))
        #expect(rig.folder.exists("\(rig.workspace)/workspace.tar.gz"))
        #expect(!rig.folder.exists("\(rig.workspace)/env"))
        #expect(job.script.contains("tar -xz"))
        #expect(job.scriptWithArchive.count > job.script.count)
        rig.cluster.set(.running(nodes: ["n7"]))
        try rig.report("running")
        try await rig.tells(#""running""#)
        rig.cluster.files.set("far away\n", at: "logs/main.log")
        #expect(try await logs(rig).text == "far away\n")
        try rig.report("terminated", exit: 5, isClosing: true)
        try await rig.tells(#""exitCode":5"#)
        await rig.host.end()
    }

    @Test("a removed pod leaves its logs for a while, where the site wants that, and none of its secrets")
    func retention() async throws {
        let rig = try await BatchRig("workspace: { root: ROOT, retention: 1h }")
        _ = try await rig.create()
        try rig.folder.makeFolder("\(rig.workspace)/logs")
        try rig.folder.write("one\n", to: "\(rig.workspace)/logs/main.log")
        try rig.report("terminated", exit: 0, isClosing: true)
        rig.cluster.set(.ended(BatchJobEnd(.success)), isListed: false)
        try await rig.tells(#""exitCode":0"#)
        _ = try await rig.host.delete(BatchRig.pod())
        let kept = "jobs/.kept/science-\(BatchRig.uid)"
        try await rig.eventually("it is put aside") { rig.folder.exists("\(kept)/logs/main.log") }
        #expect(!rig.folder.exists(rig.workspace))
        #expect(!rig.folder.exists("\(kept)/env"))
        #expect(!rig.folder.exists("\(kept)/job.sh"))
        await rig.host.end()
    }

    @Test("a folder of ours without a pod is told at the start, and left")
    func strays() async throws {
        let rig = try await BatchRig()
        _ = try await rig.create()
        let file = try #require(PodFile(Array((rig.folder.text("\(rig.workspace)/pod") ?? "").utf8)))
        let other = try #require(PodUID("11111111-0000-4000-8000-000000000002"))
        let stray = PodFile(mark: JobMark(instance: file.mark.instance, uid: other), pod: file.pod)
        try rig.folder.makeFolder("jobs/science-\(other)")
        try rig.folder.write(String(decoding: stray.bytes, as: UTF8.self), to: "jobs/science-\(other)/pod")
        try await rig.host.restart()
        #expect(rig.host.log.entries.contains { "\($0)".contains("jobs/science-\(other)") })
        #expect(rig.folder.exists("jobs/science-\(other)/pod"))
        await rig.host.end()
    }

    @Test("the configuration tells all that is wrong with it, the scheduler's own keys included")
    func configuration() throws {
        let yaml = "workspace: { root: jobs, retention: -1s }\nfake: { queue: 7, colour: red }\nimages: { prefx: x }\n"
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.parse(BatchConfiguration<FakeScheduler>.self, yaml: yaml)
        }
        let text = error?.description ?? ""
        #expect(text.contains("fake.colour"))
        #expect(text.contains("images.prefx"))
        let good = try ConfigurationFile.parse(
            BatchConfiguration<FakeScheduler>.self, yaml: "fake: { queue: long }\nworkspace: { resultsWait: 3s }\n")
        #expect(good.value.scheduler.queue == "long")
        #expect(good.value.workspace.resultsWait == .seconds(3))
        #expect(good.value.runtime.runtime.name == "apptainer")
        let foreign = #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.parse(
                BatchConfiguration<FakeScheduler>.self, yaml: "runtime: { kind: process, imageFolder: /images }\n")
        }
        #expect(foreign?.description.contains("runtime.imageFolder") == true)
        let none = try ConfigurationFile.parse(BatchConfiguration<FakeScheduler>.self, yaml: "")
        #expect(none.value.workspace.resultsWait == FakeScheduler.resultsDelay)
    }
}
