import Glibc
import InterLinkPluginKit
import InterLinkSystem
import TestSupport
import Testing

/// Many at once, and nothing left behind.
@Suite struct CommandLoadTests {
    @Test func twoHundredAtOnceKeepTheirOutputsApart() async throws {
        var configuration = CommandRunner.Configuration()
        configuration.concurrency = 200
        let runner = try CommandRunner(configuration: configuration)
        try await withThrowingTaskGroup(of: (Int, CommandResult).self) { group in
            for number in 0..<200 {
                group.addTask {
                    (number, try await runner.run(Command("/bin/sh", ["-c", "sleep 0.2; echo \(number)"])))
                }
            }
            for try await (number, result) in group { #expect(result.output.text == "\(number)\n") }
        }
    }

    @Test func noMoreRunThanWereAllowed() async throws {
        var configuration = CommandRunner.Configuration()
        configuration.concurrency = 3
        let runner = try CommandRunner(configuration: configuration)
        let folder = try TemporaryDirectory()
        let script = "cd \(folder.root); mkdir $1; ls | wc -l; sleep 0.05; rmdir $1"
        try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<30 {
                group.addTask {
                    try await runner.run(Command("/bin/sh", ["-c", script, "sh", "\(number)"])).output.text
                }
            }
            for try await text in group {
                let count = try #require(Int(text.filter(\.isNumber)))
                #expect((1...3).contains(count))
            }
        }
    }

    // The following run in processes of their own, where nobody else opens files or starts programs.

    @Test func nothingIsLeftBehind() async {
        await #expect(processExitsWith: .success) {
            let runner = try CommandRunner()
            var tooLate = Command("sleep", ["1000"])
            tooLate.deadline = .milliseconds(1)
            var reader = Command("cat")
            reader.input = [1, 2, 3]
            func runAll() async {
                for command in [Command("true"), Command("/nowhere/tool"), reader, tooLate] {
                    _ = try? await runner.run(command)
                }
                let cancelled = Task { try await runner.run(Command("sleep", ["1000"])) }
                cancelled.cancel()
                _ = try? await cancelled.value
            }
            await runAll()
            let before = OpenFiles.count()
            for _ in 0..<50 { await runAll() }
            try await eventually("no descriptor is left") { OpenFiles.count() <= before }
            // Not even a zombie is left to wait for.
            let child = waitpid(-1, nil, WNOHANG)
            #expect(child == -1)
        }
    }

    @Test func withoutDescriptorsItWaitsForBetterTimes() async {
        await #expect(processExitsWith: .success) {
            let runner = try CommandRunner()
            #expect(try await runner.run(Command("true")).succeeded)
            var limit = rlimit(rlim_cur: 200, rlim_max: 200)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            var taken: [FileDescriptor] = []
            while true {
                let number = open("/dev/null", O_RDONLY | O_CLOEXEC)
                guard number >= 0 else { break }
                taken.append(FileDescriptor(owning: number))
            }
            // Four for the outputs, one for the input, one to follow it; it can do without the last.
            for room in 0...6 {
                var command = Command("cat")
                command.input = [0x61]
                if room < 5 {
                    let error = try await failure { _ = try await runner.run(command) }
                    #expect(error.cause == .exhausted)
                    #expect(!error.mayHaveRun)
                } else {
                    #expect(try await runner.run(command).output.text == "a")
                }
                taken.removeLast()
            }
        }
    }

    @Test func whoeverTakesItsExitCodeIsTold() async {
        await #expect(processExitsWith: .success) {
            signal(SIGCHLD, SIG_IGN)
            let error = try await failure { _ = try await CommandRunner().run(Command("true")) }
            #expect(error.cause == .system)
            #expect(error.mayHaveRun)
            #expect(error.detail.contains("SIGCHLD"))
        }
    }
}

enum OpenFiles {
    /// Open descriptors of the kinds that a command takes; the runtime opens others when it likes.
    static func count() -> Int {
        (0..<1024).count { number in
            var target = [CChar](repeating: 0, count: 256)
            guard readlink("/proc/self/fd/\(number)", &target, target.count - 1) > 0 else { return false }
            let text = String(decoding: target.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return ["pipe:", "pidfd", "memfd:"].contains { text.contains($0) }
        }
    }
}
