import Glibc
import InterLinkPluginKit
import InterLinkSystem
import TestSupport
import Testing

@Suite struct CommandRunnerTests {
    private let runner: CommandRunner

    init() throws {
        runner = try CommandRunner()
    }

    private func shell(_ script: String, _ change: (inout Command) -> Void = { _ in }) async throws -> CommandResult {
        var command = Command("/bin/sh", ["-c", script])
        change(&command)
        return try await runner.run(command)
    }

    // MARK: Results

    @Test func outputAndCodeAreTheResult() async throws {
        let result = try await shell("echo out; echo err >&2; exit 3")
        #expect(result.ending == .exited(3))
        #expect(!result.succeeded)
        #expect(result.output.text == "out\n")
        #expect(result.errorOutput.text == "err\n")
        #expect(!result.output.isCut)
    }

    @Test func aSignalIsAResult() async throws {
        #expect(try await shell("kill -9 $$").ending == .signalled(9))
    }

    @Test func bytesAreKeptAsTheyAre() async throws {
        let result = try await shell(#"printf '\000\377\r\n\200'"#)
        #expect(result.output.bytes == [0, 0xff, 0x0d, 0x0a, 0x80])
        #expect(result.output.text == "\0\u{fffd}\r\n\u{fffd}")
    }

    @Test func argumentsAreNotReadByAShell() async throws {
        let arguments = ["$HOME", "`id`", "a b", "", "'\"", "*", "line\nend", "ü"]
        let result = try await runner.run(Command("printf", ["%s\\0"] + arguments))
        #expect(
            result.output.bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()
                .map { String(decoding: $0, as: UTF8.self) } == arguments)
    }

    @Test(arguments: [0, 1, 3_000_000]) func inputIsReadToItsEnd(size: Int) async throws {
        let input = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        let result = try await shell("cat") { $0.input = input }
        #expect(result.output.bytes == input)
    }

    @Test func inputThatNobodyReadsDoesNotMatter() async throws {
        let result = try await shell("exit 0") { $0.input = [UInt8](repeating: 1, count: 5_000_000) }
        #expect(result.succeeded)
    }

    @Test func withoutInputThereIsNothingToRead() async throws {
        #expect(try await shell("cat; readlink /proc/self/fd/0").output.text == "/dev/null\n")
    }

    @Test func bothOutputsAreReadAtOnce() async throws {
        let script = "i=0; while [ $i -lt 3000 ]; do printf '%0100d' 1; printf '%0100d' 2 >&2; i=$((i+1)); done"
        let result = try await shell(script)
        #expect(result.output.bytes.count == 300_000)
        #expect(result.errorOutput.bytes.count == 300_000)
    }

    @Test func whatIsTooMuchIsReadAndForgotten() async throws {
        let result = try await shell("head -c 1000000000 /dev/zero; echo end >&2") { $0.outputLimit = 1000 }
        #expect(result.succeeded)
        #expect(result.output.bytes == [UInt8](repeating: 0, count: 1000))
        #expect(result.output.isCut)
        #expect(result.errorOutput.text == "end\n")
        #expect(!result.errorOutput.isCut)
    }

    @Test func outputOfJustTheLimitIsNotCut() async throws {
        let result = try await shell("printf 12345") { $0.outputLimit = 5 }
        #expect(result.output == (try await shell("printf 12345").output))
    }

    // MARK: What the program gets

    @Test func theEnvironmentIsExactlyWhatWasSaid() async throws {
        var configuration = CommandRunner.Configuration()
        configuration.searchPath = ["/usr/bin", "/bin"]
        configuration.environment = ["LC_ALL": "C", "KEPT": "1"]
        let runner = try CommandRunner(configuration: configuration)
        var command = Command("env")
        command.environment = ["LC_ALL": "C.UTF-8", "EMPTY": "", "LINES": "a\nb=c"]
        let result = try await runner.run(command)
        #expect(result.output.text == "EMPTY=\nKEPT=1\nLC_ALL=C.UTF-8\nLINES=a\nb=c\nPATH=/usr/bin:/bin\n")
    }

    @Test func theDefaultEnvironmentIsSmall() async throws {
        let names = try await runner.run(Command("env")).output.text.split(separator: "\n").map {
            $0.prefix { $0 != "=" }
        }
        #expect(Set(names).isSubset(of: ["PATH", "LC_ALL", "HOME", "USER", "LOGNAME"]))
        #expect(names.contains("PATH"))
    }

    @Test func itStartsInItsFolder() async throws {
        #expect(try await shell("pwd") { $0.workingDirectory = "/usr/bin" }.output.text == "/usr/bin\n")
    }

    @Test func itHasThreeDescriptors() async throws {
        // One that is not close-on-exec: it must not get through all the same.
        let leaky = FileDescriptor(owning: open("/dev/null", O_RDONLY))
        defer { leaky.close() }
        let result = try await runner.run(Command("ls", ["/proc/self/fd"]))
        // ls itself opens one to read the folder.
        #expect(result.output.text.split(separator: "\n").count == 4)
    }

    @Test func itHasDefaultSignalsAndASessionOfItsOwn() async throws {
        signal(SIGPIPE, SIG_IGN)
        let status = try await runner.run(Command("cat", ["/proc/self/status"])).output.text.split(separator: "\n")
        for field in ["SigIgn", "SigBlk"] {
            let line = try #require(status.first { $0.hasPrefix(field) })
            let signals = try #require(UInt64(line.drop { $0 != "\t" }.dropFirst(), radix: 16))
            // The bits of 32 and 33, which glibc keeps for itself, say nothing.
            #expect(signals & ~0x1_8000_0000 == 0)
        }
        let ids = try await shell(
            "read -r pid name state parent group session rest < /proc/self/stat; echo $pid $group $session")
        let numbers = ids.output.text.split { $0 == " " || $0 == "\n" }
        #expect(Set(numbers).count == 1)
    }

    @Test func programsAreFoundInTheSearchPathAlone() async throws {
        var configuration = CommandRunner.Configuration()
        let folders = [try TemporaryDirectory(), try TemporaryDirectory()]
        configuration.searchPath = ["/nowhere"] + folders.map(\.root)
        let runner = try CommandRunner(configuration: configuration)
        try folders[1].write("#!/bin/sh\necho second", to: "tool", mode: 0o755)
        #expect(try await runner.run(Command("tool")).output.text == "second\n")
        try folders[0].write("not a program", to: "tool", mode: 0o644)
        #expect(try await runner.run(Command("tool")).output.text == "second\n")
        try folders[0].write("#!/bin/sh\necho first", to: "tool", mode: 0o755)
        #expect(try await runner.run(Command("tool")).output.text == "first\n")
        #expect(try await failure { _ = try await runner.run(Command("ls")) }.cause == .notFound)
    }
}
