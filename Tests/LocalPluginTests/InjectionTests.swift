import Foundation
import Glibc
import InterLinkAPI
import InterLinkHTTPClient
import InterLinkPluginKit
import KubernetesModel
import TestSupport
import Testing

@testable import InterLinkBatch

/// Nothing of a pod is ever taken for a command, wherever in it a text stands.
@Suite struct InjectionTests {
    @Test("scripts of hostile pods are well-formed, and their data, evaluated, does nothing")
    func scripts() throws {
        let folder = try TemporaryDirectory()
        var pods = HostilePods(canary: folder.path("canary"), seed: 20)
        var configuration = PlanSettings()
        configuration.volumes.hostPaths = [try HostFolder(configurationText: "/tmp")]
        var claims = ClaimRule()
        (claims.claim, claims.path) = ("*", "/tmp/claims/{namespace}/{claim}")
        configuration.volumes.claims = [claims]
        configuration.containers.ignore = IgnorableFeature.allCases
        var written = 0
        for number in 0..<400 {
            let sample = try pods.next()
            do {
                let digest = try PodDigest(sample.request)
                let plan = try PodPlanner(configuration).plan(
                    for: PodSubmission(
                        pod: digest, request: sample.request, placement: Placement(site: "local"),
                        mark: JobMark(instance: "k3x9ab2c", uid: digest.uid)))
                for (kind, runtime) in [
                    ("process", ProcessRuntime() as any ContainerRuntime), ("apptainer", ApptainerRuntime()),
                ] {
                    guard runtime.objections(to: plan).isEmpty else { continue }
                    let script = try PodScript(plan: plan, runtime: runtime, workspace: "/tmp/w").text
                    try folder.write(script, to: "\(kind)-\(number).sh")
                    written += 1
                }
            } catch is PlanError {
            } catch is CreateError {}
        }
        // Else nothing would have been shown.
        #expect(written > 300)
        // The data stands before the functions of the runtime. It is run as the supervisor does, with the canary in reach.
        let judge = """
            cd "$1" || exit
            for file in *.sh; do
                bash -n "$file" || echo "$file is not well-formed"
                sed '/^# ── Runtime/,$d' "$file" >data
                CANARY=$1/canary bash -u -c '. ./data; for ((i = 0; i < COUNT; i++)); do describe "$i"; done' || echo "$file fails"
                [ ! -e canary ] || { echo "$file evaluates what is data"; rm canary; }
            done
            """
        #expect(try output(of: ["/bin/bash", "-c", judge, "bash", folder.root]) == "")
    }

    @Test("the texts of these tests would do something, were they evaluated")
    func texts() throws {
        let folder = try TemporaryDirectory()
        let attacks = HostilePods.attacks(folder.path("canary"))
        let effective = try attacks.filter { text in
            defer { try? FileManager.default.removeItem(atPath: folder.path("canary")) }
            for way in [
                "eval \"$1\"", "eval \"echo $1\"", "eval \"echo '$1'\"", "eval \"echo \\\"$1\\\"\"", "echo $(($1))",
            ] {
                _ = try output(of: ["/bin/bash", "-c", way, "bash", text])
            }
            return access(folder.path("canary"), F_OK) == 0
        }
        #expect(effective.count > attacks.count * 3 / 4, "only \(effective)")
    }

    private func output(of words: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    @Test("hostile pods that run for real: arguments and variables arrive to the byte, and nothing else happens")
    func runs() async throws {
        let canary = try TemporaryDirectory()
        let program = try LocalProgram(
            "volumes: { hostPaths: [/tmp/interlink-hostile] }",
            local: "running: 8, cpus: 64, environment: { CANARY: \(canary.path("canary")) }")
        try await program.start()
        defer { try? FileManager.default.removeItem(atPath: "/tmp/interlink-hostile") }
        var pods = HostilePods(canary: canary.path("canary"), seed: 21)
        var started: [HostilePods.Sample] = []
        var tried = 0
        while started.count < 24 {
            tried += 1
            try #require(tried < 400, "hostile pods are refused one and all")
            let sample = try pods.next()
            let answer = try await program.send(sample.request)
            switch answer.status {
            case 200: started.append(sample)
            case 400, 422, 403: break
            default: Issue.record("\(answer) for \(sample.changes)")
            }
        }
        for sample in started {
            let ends = try await program.ended(sample.request.pod)
            let container = sample.request.pod.spec.containers[0].name
            let output = try await program.output(of: container, in: sample.request.pod)
            // What cannot be had, a folder or a mount, is told; what ran has got what it was sent.
            if ends.allSatisfy({ $0.exitCode == 0 }) {
                #expect(output == sample.output, "\(sample.changes): \(String(decoding: output, as: UTF8.self))")
            } else {
                #expect(ends.allSatisfy { $0.message?.isEmpty == false }, "\(sample.changes): \(ends)")
            }
        }
        let good = try await started.asyncCount {
            try await program.ended($0.request.pod).allSatisfy { $0.exitCode == 0 }
        }
        #expect(good > started.count / 2)
        for sample in started { try await program.remove(sample.request.pod) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: canary.root).isEmpty)
    }
}

extension Array {
    fileprivate func asyncCount(where isCounted: (Element) async throws -> Bool) async rethrows -> Int {
        var count = 0
        for element in self where try await isCounted(element) { count += 1 }
        return count
    }
}
