import Foundation
import Glibc
import InterLinkAPI
import InterLinkHTTPClient
import KubernetesModel
import TestSupport
import Testing

/// Kills at any moment: of the plugin, while it does whatever it does, and of supervisors.
@Suite struct CrashTests {
    /// Notes that it ran, waits for its gate, and ends with a code of its own.
    private func pod(_ number: Int, in program: LocalProgram) -> TestPod {
        let place = program.folder
        return TestPod(
            (
                "main",
                "echo ran >>\(place)/ran-\(number); until [ -e \(place)/gate-\(number) ]; do sleep 0.2; done; echo end; exit \(number % 3)"
            ))
    }

    @Test(
        "kill -9 of the plugin at any moment: of twenty pods none is lost, doubled or told wrongly", arguments: [1, 2])
    func plugin(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        // A submission that a killed plugin has begun is given up for lost after that time, not after two minutes.
        let program = try LocalProgram(
            local: "running: 20, cpus: 64", lifecycle: "submitDeadline: 5s, abandonedCall: 5s")
        let pods = (0..<20).map { pod($0, in: program) }
        var closed = Array(pods.indices).shuffled(using: &generator)
        try await program.start()
        let creating = Task {
            for pod in pods {
                // Nobody answers while the plugin is dead. A create that is sent again is the same pod.
                try await eventually("\(pod.uid) is created") {
                    (try? await program.plugin.create(CreateRequest(pod: try pod.pod)).status) == 200
                }
            }
        }
        for _ in 0..<6 {
            try await Task.sleep(for: .milliseconds(Int.random(in: 0..<900, using: &generator)))
            program.kill9()
            // Some end while nobody looks.
            for _ in 0..<2 { if let number = closed.popLast() { program.touch("gate-\(number)") } }
            try await Task.sleep(for: .milliseconds(Int.random(in: 0..<300, using: &generator)))
            try await program.start()
            for (number, pod) in pods.enumerated() {
                for end in try await program.containers(of: pod).compactMap({ $0.state?.terminated }) {
                    #expect(end.exitCode == Int32(number % 3), "pod \(number): \(end)")
                    #expect(!closed.contains(number), "pod \(number) is told to have ended, and runs")
                }
            }
        }
        try await creating.value
        for number in closed { program.touch("gate-\(number)") }
        for (number, pod) in pods.enumerated() {
            #expect(try await program.codes(of: pod) == [Int32(number % 3)])
            #expect(program.text("ran-\(number)") == "ran\n")
            #expect(try await program.logs(pod, "main") == "end\n")
        }
        for pod in pods { _ = try await program.plugin.delete(pod.pod) }
        try await eventually("all is removed") { pods.allSatisfy { !program.exists("jobs/n-\($0.uid)") } }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: "\(program.folder)/queue").filter { Int($0) != nil }
                == [])
    }

    @Test("kill -9 of supervisors: their pods have failed with a reason, their processes are gone, the others go on")
    func supervisors() async throws {
        let program = try LocalProgram(local: "running: 20, cpus: 64")
        try await program.start()
        let pods = (0..<6).map { pod($0, in: program) }
        for pod in pods { try await program.create(pod) }
        try await eventually("they all run") { pods.indices.allSatisfy { program.text("ran-\($0)") == "ran\n" } }
        let victims = pods[..<3]
        for pod in victims { kill(try #require(program.supervisor(of: pod)), SIGKILL) }
        for pod in victims {
            #expect(try await program.codes(of: pod) == [137])
            let end = try await program.containers(of: pod).first?.state?.terminated
            #expect(end?.reason?.isEmpty == false && end?.message?.isEmpty == false)
            #expect(marked(pod) == [])
        }
        for number in 3..<6 {
            #expect(!marked(pods[number]).isEmpty)
            program.touch("gate-\(number)")
            #expect(try await program.codes(of: pods[number]) == [Int32(number % 3)])
        }
    }

    /// Processes that carry the mark of a pod's job, as /proc tells.
    private func marked(_ pod: TestPod) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).filter { name in
            guard Int(name) != nil, let environment = FileManager.default.contents(atPath: "/proc/\(name)/environ")
            else {
                return false
            }
            return environment.split(separator: 0).contains {
                String(decoding: $0, as: UTF8.self).hasPrefix("INTERLINK_MARK=il-")
                    && String(decoding: $0, as: UTF8.self).hasSuffix(pod.uid)
            }
        }
    }
}
