import Glibc
import InterLinkPluginKit
import InterLinkSystem
import Testing

/// Many at once, and nothing left behind. One after the other, since they count what the whole process has.
@Suite(.serialized) struct CommandLoadTests {
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
        let folder = try temporaryDirectory()
        let script = "mkdir \(folder)/$1; ls \(folder) | wc -l; sleep 0.05; rmdir \(folder)/$1"
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

    @Test func nothingIsLeftBehind() async throws {
        // In a child of its own, where nobody else opens files or starts programs.
        let runner = try CommandRunner()
        var tooLate = Command("sleep", ["1000"])
        tooLate.deadline = .milliseconds(1)
        var commands = [Command("true"), Command("/nowhere/tool"), Command("cat"), tooLate]
        commands[2].input = [1, 2, 3]
        for _ in 0..<20 { for command in commands { _ = try? await runner.run(command) } }
        #expect(Self.children().filter { Self.isZombie($0) }.isEmpty)
        let before = Self.pipesAndProcesses()
        for _ in 0..<50 { for command in commands { _ = try? await runner.run(command) } }
        try await eventually("no descriptor and no zombie is left") {
            Self.pipesAndProcesses() <= before + 8 && Self.children().filter { Self.isZombie($0) }.isEmpty
        }
    }

    /// Descriptors of the kinds that a command opens. Other tests run beside this one and have some of their own.
    private static func pipesAndProcesses() -> Int {
        entries(of: "/proc/self/fd").filter { number in
            var target = [CChar](repeating: 0, count: 256)
            guard readlink("/proc/self/fd/\(number)", &target, 255) > 0 else { return false }
            let text = String(decoding: target.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return text.hasPrefix("pipe:") || text.contains("pidfd") || text.contains("memfd:")
        }.count
    }

    private static func children() -> [String] {
        entries(of: "/proc").filter { name in
            guard let stat = try? contents(of: "/proc/\(name)/stat") else { return false }
            let fields = (stat.split(separator: ")").last ?? "").split(separator: " ")
            return fields.count > 1 && fields[1] == "\(getpid())"
        }
    }

    private static func isZombie(_ pid: String) -> Bool {
        (try? contents(of: "/proc/\(pid)/stat"))?.contains(") Z ") ?? false
    }

    private static func entries(of folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.allSatisfy(\.isNumber) { names.append(name) }
        }
        return names
    }
}
