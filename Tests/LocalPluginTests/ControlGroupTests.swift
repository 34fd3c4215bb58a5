import Foundation
import Testing

@testable import LocalPlugin

/// Limits as the kernel wants them, in a folder that stands for a cgroup.
@Suite struct ControlGroupTests {
    private func folder(with files: [String: String]) throws -> String {
        var template = Array("/tmp/interlink-cgroup.XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for (name, text) in files { try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8) }
        return path
    }

    @Test("a job gets what it asked for, and nothing where it left that open")
    func limits() throws {
        let path = try folder(with: ["memory.max": "", "memory.swap.max": "", "cpu.max": ""])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let group = ControlGroup(path: path)
        #expect(group.make(for: Room(jobs: 1, cpus: 0, memory: 0, gpus: 0)))
        #expect(ProcFile.text("\(path)/memory.max") == "")
        #expect(group.make(for: Room(jobs: 1, cpus: 2, memory: 1 << 30, gpus: 0)))
        #expect(ProcFile.text("\(path)/memory.max") == "1073741824")
        #expect(ProcFile.text("\(path)/cpu.max") == "200000 100000")
    }

    @Test(
        "that memory ran out is seen",
        arguments: [("oom 1\noom_kill 0\n", false), ("oom 2\noom_kill 3\n", true), ("", false)])
    func memory(events: String, ranOut: Bool) throws {
        let path = try folder(with: ["memory.events": events])
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(ControlGroup(path: path).ranOutOfMemory == ranOut)
    }

    @Test("where there is nothing to divide, the reason is said")
    func none() {
        guard case .failure(let why) = ControlGroups.find("off") else {
            Issue.record("it was divided")
            return
        }
        #expect(why.description == "the configuration says so")
    }
}
