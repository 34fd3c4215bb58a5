import Foundation
import InterLinkPluginKit
import Testing

@testable import InterLinkBatch

@Suite("The text of scripts")
struct ScriptTextTests {
    static let runtimes: [any ContainerRuntime] = [
        ProcessRuntime(), ApptainerRuntime(), PodmanRuntime(), EnrootRuntime(),
    ]

    /// A pod with this text in every field that takes any.
    static func pod(with text: String) throws -> PodPlan {
        var main = ContainerPlan(name: "main", role: .regular, image: text)
        main.command = [text]
        main.arguments = [text, text]
        main.environment = [EnvironmentVariable("NAME", text)]
        main.workingDirectory = text
        main.mounts = [
            MountPlan(source: .node(text), target: text, readOnly: true),
            MountPlan(source: .workspace(text), target: text, readOnly: false),
        ]
        main.startupProbe = ProbePlan(.exec([text]))
        main.readinessProbe = ProbePlan(
            .http(host: text, port: 1, path: text, headers: [EnvironmentVariable(text, text)]))
        main.livenessProbe = ProbePlan(.tcp(host: text, port: 1))
        main.postStart = HookPlan(.exec([text]))
        main.preStop = HookPlan(.sleep(seconds: 1))
        main.terminationMessagePath = text
        main.stopSignal = "TERM"
        main.gpus = .nvidia
        main.addressSpace = 1 << 30
        var plan = try PodPlan([main], restartPolicy: .always, grace: 30)
        plan.hostname = text
        plan.hostAliases = [HostAliasPlan(address: text, names: [text])]
        plan.activeDeadline = 100
        plan.scratch = [ScratchPlan(path: text, inMemory: true, sizeLimit: 100)]
        plan.hostPaths = [HostPathPlan(path: text, requirement: .anything)]
        plan.network.tunnelCommands = text
        plan.network.meshScript = text
        plan.network.preExec = text
        plan.network.podAddress = text
        plan.jobScript = text
        return plan
    }

    static let hostile = [
        "plain", "it's \"both\"", "$(touch CANARY)", "`touch CANARY`", "a\nb\n", "a\r\nb\r", "\\", "\\'", "${x}",
        "a; b & c",
        "# ── The pod", "\u{1B}[31m\u{7F}\u{1}", "“quotes” ‘single’ ✓ 🙂", "-n", "--", "!", "* ? [a]", "~",
        "EOF\n}\nexit 0", " ",
        "\u{A0}\u{200B}", "\u{2028}",
    ]

    @Test(arguments: 0..<4)
    func `shellcheck finds nothing, whatever a pod holds`(index: Int) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "interlink-text-\(UUID().uuidString).sh")
        defer { try? FileManager.default.removeItem(at: path) }
        // All hostile texts in one script, in every field; and one container for each of them.
        var plan = try Self.pod(with: index == 0 ? Self.hostile.joined() : "plain")
        if index == 0 { plan.containers = try Self.hostile.flatMap { try Self.pod(with: $0).containers } }
        let script = try PodScript(plan: plan, runtime: Self.runtimes[index], workspace: index == 0 ? "/w" : nil)
        try Data(script.text.utf8).write(to: path)
        var command = Command("shellcheck", [path.path])
        command.environment["LC_ALL"] = "C.UTF-8"
        command.deadline = .seconds(300)
        let result = try await CommandRunner().run(command)
        let said = result.output.text + result.errorOutput.text
        #expect(result.ending == .exited(0), "\(said)")
    }

    @Test func `What a pod holds stays text when its script is read`() async throws {
        for text in Self.hostile {
            let script = try PodScript(plan: Self.pod(with: text), runtime: ProcessRuntime(), workspace: "/nowhere")
                .text
            let own = script.components(separatedBy: "\nmain\n")[0]
            var command = Command("/bin/bash", ["-s"])
            command.workingDirectory = "/tmp"
            command.input = Array(
                (own + "\ndescribe 0\nprintf '%s\\0' \"$IMAGE\" \"${ARGUMENTS[@]}\" \"${MOUNTS[@]}\" \"$JOB_SCRIPT\"")
                    .utf8)
            let result = try await CommandRunner().run(command)
            let expected = [text, text, text, "node", text, text, "ro", "workspace", text, text, "rw", text]
            #expect(result.output.bytes == expected.flatMap { Array($0.utf8) + [0] }, "\(text.debugDescription)")
            #expect(!FileManager.default.fileExists(atPath: "/tmp/CANARY"))
        }
    }

    @Test func `Scripts need no bash newer than 4.4`() throws {
        let script = try PodScript(plan: Self.pod(with: "plain"), runtime: ApptainerRuntime(), workspace: nil).text
        // Of 5.0 and later: their variables, `wait -p`, and the expansions @U @u @L @K @k.
        for word in [
            "EPOCHSECONDS", "EPOCHREALTIME", "SRANDOM", "BASH_ARGV0", "wait -p", "@U}", "@u}", "@L}", "@K}", "@k}",
        ] {
            #expect(!script.contains("$\(word)") && !script.contains("{\(word)"), "\(word)")
            #expect(!word.hasPrefix("wait") && !word.hasPrefix("@") || !script.contains(word), "\(word)")
        }
    }
}
