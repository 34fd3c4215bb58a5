import Glibc
import InterLinkPluginKit
import Testing

@Suite struct SensitiveTextTests {
    /// A file that is there for the time of one test.
    private func withFile(_ text: String, mode: mode_t, _ body: (String) throws -> Void) throws {
        let path = "/tmp/interlink-sensitive-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        let descriptor = open(path, O_CREAT | O_WRONLY | O_EXCL, mode)
        try #require(descriptor >= 0)
        #expect(fchmod(descriptor, mode) == 0)
        let bytes = Array(text.utf8)
        #expect(write(descriptor, bytes, bytes.count) == bytes.count)
        close(descriptor)
        defer { unlink(path) }
        try body(path)
    }

    private struct Secrets: ConfigurationSection {
        var token: SensitiveText?
    }

    @Test func itIsReadFromAPrivateFileWithoutTheLineEnd() throws {
        try withFile("hunter2\n", mode: 0o640) { path in
            let loaded = try ConfigurationFile.parse(Secrets.self, yaml: "token: { file: \(path) }")
            #expect(loaded.value.token?.revealed == "hunter2")
            #expect(!loaded.effectiveText.contains("hunter2"))
            #expect(loaded.effectiveText.contains("file: \(path)"))
        }
    }

    @Test func aFileThatEverybodyReadsIsRefused() throws {
        try withFile("hunter2", mode: 0o644) { path in
            #expect {
                try ConfigurationFile.parse(Secrets.self, yaml: "token: { file: \(path) }")
            } throws: { error in
                "\(error)".hasPrefix("configuration:1: token: everybody can read the file")
                    && !"\(error)".contains("hunter2")
            }
        }
    }

    @Test func anEmptyFileAndAMissingOneAreRefused() throws {
        try withFile("\n", mode: 0o600) { path in
            #expect(throws: InvalidScalar.self) { try SensitiveText(contentsOf: path) }
        }
        #expect(throws: InvalidScalar.self) { try SensitiveText(contentsOf: "/nowhere/token") }
        #expect(throws: InvalidScalar.self) { try SensitiveText(contentsOf: "/tmp") }
    }

    @Test func aConfigurationThatEverybodyReadsMayNotHoldOne() throws {
        try withFile("token: hunter2\n", mode: 0o644) { path in
            #expect {
                try ConfigurationFile.load(Secrets.self, path: path, environment: [:])
            } throws: { error in
                "\(error)".contains(":1: token: a secret stands here, in a file that everybody can read")
            }
            let loaded = try ConfigurationFile.load(
                Secrets.self, path: path, environment: ["INTERLINK_TOKEN": "from outside"])
            #expect(loaded.value.token?.revealed == "from outside")
        }
        try withFile("token: hunter2\n", mode: 0o600) { path in
            let loaded = try ConfigurationFile.load(Secrets.self, path: path, environment: [:])
            #expect(loaded.value.token != nil)
        }
    }

    @Test func aVariableMayNameItsFile() throws {
        try withFile("hunter2", mode: 0o600) { path in
            let loaded = try ConfigurationFile.parse(
                Secrets.self, yaml: "", environment: ["INTERLINK_TOKEN_FILE": path])
            #expect(loaded.value.token?.revealed == "hunter2")
        }
    }

    @Test func itNeverPrintsItself() {
        let secret = SensitiveText("hunter2")
        var dumped = ""
        dump(["token": secret], to: &dumped)
        let told =
            "\(secret) \(String(reflecting: secret)) \([secret]) \(String(describing: Optional(secret))) \(dumped)"
        #expect(!told.contains("hunter2"))
    }

    @Test(arguments: [("secret", true), ("secre", false), ("secrets", false), ("Secret", false), ("", false)])
    func itMatchesOnlyItself(candidate: String, isEqual: Bool) {
        #expect(SensitiveText("secret").matches(candidate) == isEqual)
        #expect(!SensitiveText("").matches(candidate))
    }
}
