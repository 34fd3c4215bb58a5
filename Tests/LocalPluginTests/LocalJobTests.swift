import Foundation
import InterLinkBatch
import InterLinkPluginKit
import Testing

@testable import LocalPlugin

/// Jobs of the queue as they lie on the disk.
@Suite struct LocalJobTests {
    private static let process = JobProcess(pid: 4711, started: 99, boot: "b")

    private func job() throws -> LocalJob {
        let uid = try #require(PodUID("0b5e0000-0000-4000-8000-000000000001"))
        var job = LocalJob(
            id: 7, mark: JobMark(instance: "k3x9ab2c", uid: uid), workspace: "/a b/\"c\"\n", script: "/x",
            room: Room(jobs: 1, cpus: 2, memory: 3, gpus: 1), submitted: Moment(nanoseconds: 1_800_000_000_123),
            timeLimit: .seconds(60), killAfter: .seconds(40))
        job.boot = "b"
        return job
    }

    @Test(
        "what is written is read again",
        arguments: [
            LocalJob.Phase.queued, .starting, .running(process),
            .ended(BatchJobEnd(.failure, exitCode: 3, message: "as it was\n", at: Moment(seconds: 5))),
            .ended(BatchJobEnd(.outOfMemory, signal: 9)),
        ])
    func roundTrip(phase: LocalJob.Phase) throws {
        var job = try job()
        job.phase = phase
        job.started = Moment(seconds: 4)
        job.gpus = [0, 2]
        job.stopping = LocalJob.Stopping(cause: .cancelled, message: "m", killAt: Moment(seconds: 9))
        #expect(LocalJob(job.bytes) == job)
    }

    @Test("what was not written by this is no job", arguments: ["", "{}", "null", "{\"id\":\"1\"}", "\0"])
    func nonsense(text: String) { #expect(LocalJob(Array(text.utf8)) == nil) }

    @Test("numbers are not given twice, over restarts and removals")
    func numbers() throws {
        var template = Array("/tmp/interlink-queue.XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = try QueueFolder(path)
        #expect(try folder.firstFreeNumber(after: []) == 1)
        let job = try job()
        try folder.add(job)
        #expect(try folder.load { _ in } == [job])
        try folder.remove(job.id)
        try folder.remove(job.id)
        let later = try QueueFolder(path)
        #expect(try later.load { _ in }.isEmpty)
        #expect(try later.firstFreeNumber(after: []) == 8)
    }

    @Test("a folder without a job is what an interrupted submission left, and a damaged job is told and left")
    func leftovers() throws {
        var template = Array("/tmp/interlink-queue.XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { try? FileManager.default.removeItem(atPath: path) }
        for name in ["3", "4"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
        }
        try "nonsense".write(toFile: "\(path)/4/job", atomically: false, encoding: .utf8)
        var told: [String] = []
        #expect(try QueueFolder(path).load { told.append($0) }.isEmpty)
        #expect(told == ["\(path)/4/job"])
        #expect(access("\(path)/3", F_OK) != 0)
        #expect(access("\(path)/4/job", F_OK) == 0)
    }
}
