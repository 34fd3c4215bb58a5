import Foundation
import Testing

@testable import InterLinkBatch

@Suite("The script gives containers their environment and arguments")
struct ScriptEnvironmentTests {
    /// Every quoting trap that is known, and names that no shell can export.
    static let variables: [EnvironmentVariable] = [
        .init("PLAIN", "value"), .init("EMPTY", ""), .init("SPACES", "  two  "), .init("SINGLE", "it's"),
        .init("DOUBLE", #"say "hi""#), .init("MIXED", #"'"'"'"#), .init("BACKSLASH", #"C:\dir\new\\ \' end\"#),
        .init("JSON", #"{"a": [1, "b"], "c": null}"#), .init("BACKTICK", "`touch CANARY`"),
        .init("DOLLAR", "$(touch CANARY) $HOME ${PATH} $$"), .init("AND", "a && touch CANARY; b | c > d"),
        .init("LINES", "one\ntwo\n\n"), .init("CARRIAGE", "a\r\nb\r"), .init("TABS", "\ta\t"),
        .init("UNICODE", "grüße ✓ 漢字 🙂 “quoted” ‘single’"), .init("CONTROL", "\u{1}\u{7}\u{1B}[0m\u{7F}"),
        .init("SYMBOLS", "@#%^&*()[]{}<>?!~=+-_|;:,./"), .init("TILDE", "~root"), .init("GLOB", "* ? [a-z]"),
        .init("my.dot", "dotted 'value'"), .init("a-dash", "dashed $x"), .init("1digit", "digit"),
        .init("SHLVL", "77"), .init("IFS", ":"), .init("LONG", String(repeating: "0123456789abcdef", count: 4096)),
    ]

    @Test func `Every variable arrives as it is`() async throws {
        let main = ContainerPlan.shell("main", "") {
            $0.command = ["/usr/bin/env", "-0"]
            $0.environment = Self.variables
        }
        let trial = try ScriptTrial([main])
        #expect(try await trial.run() == 0)
        let entries = trial.log("main").split(separator: "\0").map(String.init)
        for variable in Self.variables {
            #expect(entries.contains("\(variable.name)=\(variable.value)"), "\(variable.name)")
        }
        #expect(!trial.hasCanary)
    }

    @Test func `Every argument arrives as it is`() async throws {
        let arguments = Self.variables.map(\.value) + ["--", "-x", "", "{}", "\\"]
        let main = ContainerPlan.shell("main", "") {
            $0.command = ["/usr/bin/printf", #"%s\0"#]
            $0.arguments = arguments
        }
        let trial = try ScriptTrial([main])
        #expect(try await trial.run() == 0)
        #expect(trial.log("main") == arguments.map { $0 + "\0" }.joined())
        #expect(!trial.hasCanary)
    }

    @Test func `Two hundred variables and a container without any`() async throws {
        let many = ContainerPlan.shell("many", "env | grep -c '^MANY_'") {
            $0.environment = (0..<200).map { EnvironmentVariable("MANY_\($0)", "value \($0)") }
        }
        let trial = try ScriptTrial([many, .shell("none", "env | grep -c '^MANY_'")])
        #expect(try await trial.run() == 1)
        #expect(trial.log("many") == "200\n" && trial.log("none") == "0\n")
    }

    @Test func `No value of a secret is in an argument or a file that others can read`() async throws {
        let secret = "s3cret-\(UUID().uuidString)"
        let main = ContainerPlan.shell(
            "main",
            "tr '\\0' ' ' </proc/$PPID/cmdline; for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline; done 2>/dev/null; sleep 1"
        ) {
            $0.environment = [.init("SECRET", secret), .init("odd.secret", secret)]
        }
        let trial = try ScriptTrial([main])
        let process = try trial.start()
        try await eventually("the container has started") { trial.state["c0.state"] != "waiting" }
        for pid in try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap({ Int($0) }) {
            let arguments = try? Data(contentsOf: URL(filePath: "/proc/\(pid)/cmdline"))
            #expect(arguments?.range(of: Data(secret.utf8)) == nil)
        }
        #expect(try await process.end() == 0)
        for path in try FileManager.default.subpathsOfDirectory(atPath: trial.workspace.path) {
            guard let bytes = trial.bytes(path), Data(bytes).range(of: Data(secret.utf8)) != nil else { continue }
            let mode = try FileManager.default.attributesOfItem(atPath: trial.workspace.appending(path: path).path)
            #expect((mode[.posixPermissions] as? Int).map { $0 & 0o077 } == 0, "\(path)")
            #expect(path.hasPrefix("env/") || path.hasPrefix("run/"), "\(path)")
        }
    }

    @Test func `Standard input is closed, the working folder made, and the message told`() async throws {
        let main = ContainerPlan.shell("main", "cat; pwd; printf 'all\nwell' >/dev/termination-log") {
            $0.workingDirectory = "/made/for/this"
        }
        let failing = ContainerPlan.shell("failing", "echo first; echo last words; exit 1") {
            $0.messageFallsBackToLog = true
        }
        let trial = try ScriptTrial([main, failing])
        #expect(try await trial.run() == 1)
        #expect(trial.log("main") == "/made/for/this\n")
        #expect(trial.closing?["c0.message"] == "all\nwell")
        #expect(trial.closing?["c1.message"] == "first\nlast words")
    }
}

extension ScriptTrial {
    /// Whether anything has been evaluated that should have stayed text.
    var hasCanary: Bool {
        let places = (try? FileManager.default.subpathsOfDirectory(atPath: workspace.path)) ?? []
        return places.contains { $0.hasSuffix("CANARY") } || FileManager.default.fileExists(atPath: "CANARY")
    }
}
