import InterLinkPluginKit
import Testing

@testable import InterLinkBatch

@Suite("The script runs containers")
struct ScriptContainerTests {
    @Test func `Each container has its exit code, its log and its record`() async throws {
        let trial = try ScriptTrial([
            .shell("first", "echo init; echo trouble >&2", role: .initial),
            .shell("good", "echo good"), .shell("bad", "echo bad; exit 42"),
        ])
        #expect(try await trial.run() == 42)
        let closing = try #require(trial.closing)
        #expect(closing.all("name") == ["first", "good", "bad"])
        #expect(closing.all("state") == ["terminated", "terminated", "terminated"])
        #expect(closing.all("exit") == ["0", "0", "42"])
        #expect(closing.all("reason") == ["Completed", "Completed", "Error"])
        #expect(closing["closed"] == "1" && closing["attempt"] == "1" && closing["mark"] == ScriptTrial.mark)
        #expect(trial.log("first") == "init\ntrouble\n")
        #expect(trial.log("good") == "good\n")
        #expect(trial.log("bad") == "bad\n")
    }

    @Test(arguments: [
        (["nosuch-command"], 127, "StartError", #"exec: "nosuch-command": executable file not found in $PATH"#),
        (["/no/such/file"], 127, "StartError", #"exec: "/no/such/file": no such file or directory"#),
        (["/etc/passwd"], 126, "StartError", #"exec: "/etc/passwd": permission denied"#),
        (["/etc"], 126, "StartError", #"exec: "/etc": is a directory"#),
        (["sh", "-c", "exit 127"], 127, "Error", ""), (["sh", "-c", "exit 137"], 137, "Error", ""),
    ])
    func `A command that is not there is told from a program's own code`(
        command: [String], code: Int, reason: String, message: String
    ) async throws {
        let trial = try ScriptTrial([.shell("main", "") { $0.command = command }])
        #expect(try await trial.run() == code)
        let closing = try #require(trial.closing)
        #expect(closing["c0.exit"] == String(code) && closing["c0.reason"] == reason)
        #expect((closing["c0.message"] ?? "") == message && closing["c0.signal"] == nil)
    }

    @Test func `A signal is told where one ended the container`() async throws {
        let trial = try ScriptTrial([.shell("main", "kill -9 $$")])
        #expect(try await trial.run() == 137)
        #expect(trial.closing?["c0.signal"] == "9" && trial.closing?["c0.exit"] == "137")
    }

    @Test func `Init containers run one after the other, and the first that fails is the last`() async throws {
        let trial = try ScriptTrial([
            .shell("one", "exit 0", role: .initial), .shell("two", "exit 7", role: .initial),
            .shell("three", "echo no", role: .initial),
            .shell("main", "echo no"),
        ])
        #expect(try await trial.run() == 7)
        let closing = try #require(trial.closing)
        #expect(closing.all("state") == Array(repeating: "terminated", count: 4))
        #expect(closing.all("reason") == ["Completed", "Error", "NotStarted", "NotStarted"])
        #expect(closing.all("exit") == ["0", "7", "137", "137"])
        #expect(trial.log("three") == "" && trial.log("main") == "")
        #expect(closing["reason"] == "InitContainerFailed")
    }
}
