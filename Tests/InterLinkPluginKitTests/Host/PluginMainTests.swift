import TestSupport
import Testing

@testable import InterLinkPluginKit

/// What the program prints, and with which code it ends.
// One host at a time: each holds a dozen descriptors, and other suites need theirs.
@Suite(.serialized) struct PluginMainTests {
    @Test func aGoodConfigurationIsSaidToBeGood() async throws {
        let program = try PluginProgram()
        let output = try await program.run(["--config", program.folder.path("configuration"), "--check-config"])
        #expect(output.code == 0)
        #expect(output.text == "\(program.folder.path("configuration")): ok\n")
    }

    @Test func everythingThatIsWrongIsToldAtOnce() async throws {
        let program = try PluginProgram("log: { level: loud }\nrunTime: soon\nnonsense: 1\n")
        let output = try await program.run(["--config=\(program.folder.path("configuration"))", "--check-config"])
        #expect(output.code == ExitCode.wrongConfiguration.rawValue)
        for part in ["test-plugin: ", "log.level", "runTime", "nonsense: is not a known key"] {
            #expect(output.errors.contains(part), "\(output.errors)")
        }
    }

    @Test func theConfigurationIsPrintedWithDefaultsAndWithoutSecrets() async throws {
        let program = try PluginProgram("token: hush\n")
        let output = try await program.run(
            ["--config", program.folder.path("configuration"), "--print-config"], ["INTERLINK_LOG_LEVEL": "debug"])
        #expect(output.code == 0)
        for part in ["createWait: 20s  # default", "level: debug  # INTERLINK_LOG_LEVEL", "token: \"(hidden)\""] {
            #expect(output.text.contains(part), "\(output.text)")
        }
        #expect(!output.text.contains("hush"))
    }

    @Test(arguments: [
        ("{}", "names no place to listen"),
        ("{ tcp: { host: 0.0.0.0, port: 4000 } }", "there is no token"),
        ("{ tcp: { port: 70000 } }", "no TCP port"),
        ("{ unix: { path: socket } }", "not an absolute path"),
    ])
    func aPlaceToListenThatIsNotSafeIsRefused(_ listen: String, _ hint: String) async throws {
        let program = try PluginProgram(listen: listen)
        let output = try await program.run(["--config", program.folder.path("configuration"), "--check-config"])
        #expect(output.code == ExitCode.wrongConfiguration.rawValue)
        #expect(output.errors.contains(hint), "\(output.errors)")
    }

    @Test(arguments: [
        (["--help"], Int32(0), "usage: test-plugin --config FILE"), (["--version"], 0, "test-plugin 1.2.3"),
        ([], 64, "name the configuration"), (["--config"], 64, "--config needs an argument"),
        (["--cnfig", "x"], 64, "\"--cnfig\" is not an option"),
        (["--config", "/nowhere/at/all"], 78, "cannot be read"),
    ])
    func argumentsAreUnderstoodOrExplained(_ arguments: [String], _ code: Int32, _ text: String) async throws {
        let output = try await PluginProgram().run(arguments)
        #expect(output.code == code)
        #expect((output.text + output.errors).contains(text), "\(output)")
    }

    @Test func anOptionOfThePluginGetsItsConfiguration() async throws {
        let program = try PluginProgram("runTime: 7s\n")
        let output = try await program.run(["--config", program.folder.path("configuration"), "--greet", "Ada"])
        #expect(output.text == "hello Ada, jobs run 7.0 seconds\n")
    }

    @Test func whatKeepsItFromStartingIsToldInOneVoice() async throws {
        let program = try PluginProgram("state: { folder: /nowhere/at/all }\n".replacing("state", with: "x-state"))
        let output = try await program.run(
            ["--config", program.folder.path("configuration")], ["INTERLINK_STATE_FOLDER": "/nowhere/at/all"])
        #expect(output.code == ExitCode.cannotStart.rawValue)
        #expect(output.errors.contains("test-plugin: the record store /nowhere/at/all cannot be opened"))
    }
}
