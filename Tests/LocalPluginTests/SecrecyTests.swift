import Foundation
import Glibc
import InterLinkAPI
import InterLinkHTTPClient
import InterLinkSystem
import KubernetesModel
import LosslessJSON
import Testing

/// Values that are secret stay where they belong, and go with the pod.
@Suite struct SecrecyTests {
    /// In a variable, a Secret, a projected token and a probe's header; none of them occurs anywhere else.
    private static let secrets = ["variable", "mounted", "projected", "header"].map { "s3cr3t-\($0)-7Kq2xZ9w" }

    private func request() throws -> CreateRequest {
        let (variable, mounted, projected, header) = (
            Self.secrets[0], Self.secrets[1], Self.secrets[2], Self.secrets[3]
        )
        let script =
            #"printf '%s\\n' \"${#PASSWORD}\" $(wc -c </mnt/s/key) $(wc -c </mnt/t/token); until [ -e \"$GATE\" ]; do sleep 0.1; done"#
        let text = """
            {"pod": {"metadata": {"name": "secret", "namespace": "n", "uid": "0b5e0000-0000-4000-a000-000000000001"}, "spec": {
              "restartPolicy": "Never", "terminationGracePeriodSeconds": 2,
              "volumes": [{"name": "s", "secret": {"secretName": "s"}},
                {"name": "t", "projected": {"sources": [{"serviceAccountToken": {"path": "token"}}]}}],
              "containers": [{"name": "main", "image": "busybox", "command": ["/bin/sh", "-c", "\(script)"],
                "env": [{"name": "PASSWORD", "value": "\(variable)"}, {"name": "GATE", "value": "@GATE@"}],
                "readinessProbe": {"periodSeconds": 1, "httpGet": {"port": 1, "httpHeaders": [
                  {"name": "Authorization", "value": "Bearer \(header)"}]}},
                "volumeMounts": [{"name": "s", "mountPath": "/mnt/s"}, {"name": "t", "mountPath": "/mnt/t"}]}]},
              "status": {"phase": "Pending", "hostIP": "127.0.0.1", "podIP": "127.0.0.1"}},
             "container": [{"name": "main",
               "secrets": [{"metadata": {"name": "s"}, "data": {"key": "\(Data(mounted.utf8).base64EncodedString())"}}],
               "projectedvolumemaps": [{"metadata": {"name": "t"}, "data": {"token": "\(projected)"}}]}]}
            """
        return try JSON.decode(from: Array(text.utf8))
    }

    @Test("secret values are in no log, no argument and no file that others can read, and are erased with the pod")
    func secrets() async throws {
        let program = try LocalProgram("log: { level: debug }")
        try await program.start()
        var request = try request()
        request.pod.spec.containers[0].env?[1].value = "\(program.folder)/gate"

        let watch = ArgumentWatch(for: Self.secrets)
        let watching = Task.detached { await watch.run() }
        #expect(try await program.send(request).status == 200)
        let lengths = Self.secrets.map(\.utf8.count)
        try await eventually("the container has all that it was sent") {
            try await program.output(of: "main", in: request.pod)
                == Array("\(lengths[0])\n\(lengths[1])\n\(lengths[2])\n".utf8)
        }
        // The arguments of all processes are read many times while probes and log keepers come and go.
        try await eventually("its life has been watched") {
            try await program.containers(of: request.pod).first?.state != nil && watch.rounds > 300
        }
        // It is somewhere, or this would show nothing.
        #expect(!findings(in: program.folder).isEmpty)
        for path in findings(in: program.folder) {
            #expect(isPrivate(path, below: program.folder), "others can read \(path)")
        }
        program.touch("gate")
        #expect(try await program.ended(request.pod).map(\.exitCode) == [0])
        let logs =
            ["log"]
            + ["supervisor.log", "state", "closing", "job.sh", "logs/main.log"].map { "jobs/n-\(uid(request))/\($0)" }
        try await eventually("the records are closed") { logs.allSatisfy(program.exists) }
        for log in logs {
            let text = try #require(program.text(log), "\(log) is not there")
            for secret in Self.secrets {
                #expect(!text.contains(secret) || isExpected(log, secret), "\(log) tells \(secret)")
            }
        }
        try await program.remove(request.pod)
        watching.cancel()
        await watching.value
        #expect(watch.found == [])
        program.terminate()
        #expect(findings(in: program.folder) == [])
    }

    private func uid(_ request: CreateRequest) -> String { request.pod.metadata.uid ?? "" }

    /// A probe's header is part of the script, which is private.
    private func isExpected(_ log: String, _ secret: String) -> Bool {
        log.hasSuffix("/job.sh") && secret == Self.secrets[3]
    }

    /// The files that hold a secret, as it stands or in base64.
    private func findings(in folder: String) -> [String] {
        let needles = Self.secrets.flatMap { [Data($0.utf8), Data(Data($0.utf8).base64EncodedString().utf8)] }
        let names = FileManager.default.enumerator(atPath: folder)?.allObjects.compactMap { $0 as? String } ?? []
        return names.filter { name in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { return false }
            return needles.contains { data.range(of: $0) != nil }
        }
    }

    /// Whether the file or a folder on the way to it is closed to others.
    private func isPrivate(_ path: String, below folder: String) -> Bool {
        var place = folder
        return path.split(separator: "/").contains { step in
            place += "/\(step)"
            var entry = stat()
            return stat(place, &entry) == 0 && entry.st_mode & 0o077 == 0
        }
    }
}

/// Reads the arguments of all processes, over and over.
private final class ArgumentWatch: Sendable {
    private let needles: [Data]
    private let seen = Lock<(rounds: Int, found: [String])>((0, []))

    init(for secrets: [String]) { needles = secrets.map { Data($0.utf8) } }

    var rounds: Int { seen.withLock { $0.rounds } }
    var found: [String] { seen.withLock { $0.found } }

    func run() async {
        while !Task.isCancelled {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] where Int(name) != nil {
                guard let arguments = FileManager.default.contents(atPath: "/proc/\(name)/cmdline"),
                    needles.contains(where: { arguments.range(of: $0) != nil })
                else { continue }
                seen.withLock { $0.found.append(String(decoding: arguments, as: UTF8.self)) }
            }
            seen.withLock { $0.rounds += 1 }
            try? await Task.sleep(for: .milliseconds(2))
        }
    }
}
