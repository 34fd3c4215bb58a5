import FoundationEssentials
import Glibc
import InterLinkPluginKit
import InterLinkSystem
import TestSupport
import Testing

@Suite struct CommandFailureTests {
    private let runner: CommandRunner

    init() throws {
        runner = try CommandRunner()
    }

    private func refusal(_ command: Command) async throws -> CommandError {
        let error = try await failure { _ = try await runner.run(command) }
        #expect(!error.mayHaveRun)
        return error
    }

    @Test(arguments: ["/nowhere/tool", "no-such-tool", "/etc/passwd/tool"]) func noSuchProgram(name: String)
        async throws
    {
        let error = try await refusal(Command(name, ["s3cret"]))
        #expect(error.cause == .notFound)
        #expect(error.program == name)
        #expect(error.description.contains(name))
        #expect(!String(reflecting: error).contains("s3cret"))
    }

    @Test func noProgram() async throws {
        let folder = try TemporaryDirectory()
        let data = try folder.write("data", to: "data", mode: 0o644)
        let binary = try folder.write("data", to: "binary", mode: 0o755)
        let script = try folder.write("#!/nowhere/interpreter\n", to: "script", mode: 0o755)
        for name in [folder.root, data, binary, script] {
            #expect(try await refusal(Command(name)).cause == .notExecutable)
        }
        #expect(try await refusal(Command(script)).detail.contains("interpreter"))
    }

    @Test func aFileThatIsBeingWrittenIsWaitedForAWhile() async throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write("#!/bin/sh\n", to: "tool", mode: 0o755)
        let writer = FileDescriptor(owning: open(path, O_WRONLY | O_CLOEXEC))
        #expect(try await refusal(Command(path)).cause == .busy)
        writer.close()
        #expect(try await runner.run(Command(path)).succeeded)
    }

    @Test func noSuchFolder() async throws {
        var command = Command("/bin/true")
        command.workingDirectory = "/nowhere"
        let error = try await refusal(command)
        #expect(error.cause == .noWorkingDirectory)
        #expect(error.detail.contains("/nowhere"))
    }

    @Test(arguments: ["", "bin/true", "./true", "../true", "a\0b"]) func aNameThatIsNone(name: String) async throws {
        #expect(try await refusal(Command(name)).cause == .invalid)
    }

    @Test func zeroBytesAndEqualSignsAreRefused() async throws {
        #expect(try await refusal(Command("true", ["a\0b"])).cause == .invalid)
        for (name, value) in [("", "1"), ("A=B", "1"), ("A", "\0"), ("\0", "1")] {
            var command = Command("true")
            command.environment = [name: value]
            #expect(try await refusal(command).cause == .invalid)
        }
    }

    @Test func moreArgumentsThanTheSystemTakes() async throws {
        let argument = String(repeating: "x", count: 100_000)
        let error = try await refusal(Command("/bin/true", [String](repeating: argument, count: 100)))
        #expect(error.cause == .invalid)
    }

    // MARK: Ends that are brought about

    private func shell(_ script: String, _ change: (inout Command) -> Void) async throws -> CommandResult {
        var command = Command("/bin/sh", ["-c", script])
        change(&command)
        return try await runner.run(command)
    }

    @Test func theDeadlineAsksFirst() async throws {
        let result = try await shell("trap 'echo bye; exit 0' TERM; echo hello; sleep 1000 & wait") {
            $0.deadline = .seconds(2)
        }
        #expect(result.ending == .timedOut)
        #expect(result.output.text == "hello\nbye\n")
    }

    @Test func whoDoesNotHearIsKilled() async throws {
        let result = try await shell("trap '' TERM; echo hello; while :; do sleep 1000; done") {
            $0.deadline = .seconds(2)
            $0.grace = .milliseconds(300)
        }
        #expect(result.ending == .timedOut)
        #expect(result.output.text == "hello\n")
    }

    @Test func whatIsLeftOfTheGroupEndsWithTheProgram() async throws {
        let result = try await shell("sleep 1000 & echo $!") { _ in }
        #expect(result.succeeded)
        let pid = try #require(pid_t(result.output.text.dropLast()))
        try await eventually("the sleeper has gone") { kill(pid, 0) != 0 || Self.isZombie(pid) }
    }

    @Test func whoHasLeftTheGroupCannotHoldTheOutput() async throws {
        let folder = try TemporaryDirectory()
        let sign = folder.path("sign")
        let daemon = "setsid sh -c 'touch \(sign); exec sleep 1000' & echo $!"
        let result = try await shell("\(daemon); until [ -e \(sign) ]; do sleep 0.01; done") { _ in }
        #expect(result.succeeded)
        let pid = try #require(pid_t(result.output.text.dropLast()))
        // It lives on, as a daemon should.
        #expect(kill(pid, 0) == 0)
        kill(pid, SIGKILL)
    }

    @Test func cancellingKillsTheGroup() async throws {
        let folder = try TemporaryDirectory()
        let new = folder.path("new")
        let runner = runner
        let running = Task {
            try await runner.run(
                Command(
                    "/bin/sh",
                    ["-c", "trap '' TERM; sleep 1000 & echo $! > \(new); mv \(new) \(folder.path("pid")); wait"]))
        }
        try await eventually("it runs") { access(folder.path("pid"), F_OK) == 0 }
        let pid = try #require(pid_t(folder.text(of: "pid").filter(\.isNumber)))
        running.cancel()
        let error = try await failure { _ = try await running.value }
        #expect(error.cause == .cancelled)
        #expect(error.mayHaveRun)
        try await eventually("the sleeper has gone") { kill(pid, 0) != 0 || Self.isZombie(pid) }
    }

    @Test func whoIsCancelledInTheQueueNeverStarts() async throws {
        var configuration = CommandRunner.Configuration()
        configuration.concurrency = 1
        let runner = try CommandRunner(configuration: configuration)
        let folder = try TemporaryDirectory()
        let first = Task {
            try await runner.run(Command("/bin/sh", ["-c", "touch \(folder.path("first")); sleep 1000"]))
        }
        try await eventually("the first runs") { access(folder.path("first"), F_OK) == 0 }
        let second = Task { try await runner.run(Command("touch", [folder.path("second")])) }
        second.cancel()
        let error = try await failure { _ = try await second.value }
        #expect(error.cause == .cancelled)
        #expect(!error.mayHaveRun)
        first.cancel()
        #expect(try await failure { _ = try await first.value }.mayHaveRun)
        #expect(try await runner.run(Command("true")).succeeded)
        #expect(access(folder.path("second"), F_OK) != 0)
    }

    private static func isZombie(_ pid: pid_t) -> Bool {
        (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8))?.contains(") Z ") ?? true
    }
}
