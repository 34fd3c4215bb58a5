import Foundation
import Glibc
import InterLinkPluginKit
import Testing

@testable import InterLinkBatch

@Suite("The script: probes over the network, tunnels, and scripts from outside")
struct ScriptNetworkTests {
    /// A port that nobody listens on, at least a moment ago.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(descriptor, address, length) == 0, getsockname(descriptor, address, &length) == 0 else {
                    throw NeverTrue(what: "a free port")
                }
            }
            return Int(UInt16(bigEndian: pointer.pointee.sin_port))
        }
    }

    /// Answers 503 on every path once, then 200, and prints what it was asked; `/bad` is never good.
    private static let server = """
        import http.server, sys
        seen = set()
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                good = self.path in seen and self.path != "/bad"
                seen.add(self.path)
                print(self.path, self.headers.get("X-Probe", "-"), 200 if good else 503, flush=True)
                self.send_response(200 if good else 503)
                self.end_headers()
            def log_message(self, *arguments): pass
        http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
        """

    @Test func `HTTP probes ask, with their headers, and believe the status`() async throws {
        let port = try Self.freePort()
        func probe(_ path: String, failures: Int) -> ProbePlan {
            var probe = ProbePlan(
                .http(host: "127.0.0.1", port: port, path: path, headers: [EnvironmentVariable("X-Probe", "it's me")]))
            probe.period = 1
            probe.timeout = 20
            probe.failureThreshold = failures
            return probe
        }
        let main = ContainerPlan.shell("main", "") {
            $0.command = ["python3", "-c", Self.server, String(port)]
            $0.startupProbe = probe("/startup", failures: 100)
            $0.readinessProbe = probe("/ready?x=1", failures: 1)
            $0.livenessProbe = probe("/live", failures: 2)
        }
        let trial = try ScriptTrial([main], grace: 2)
        let process = try trial.start()
        try await eventually("it is ready") { trial.state["c0.ready"] == "1" }
        try await eventually("it was found to live") { trial.log("main").contains("/live it's me 200") }
        #expect(
            trial.log("main").contains("/startup it's me 503\n") && trial.log("main").contains("/startup it's me 200\n")
        )
        process.signal(SIGTERM)
        _ = try await process.end()
        #expect(trial.closing?["c0.restarts"] == "0")
    }

    @Test func `A TCP probe that nobody answers ends the container`() async throws {
        let port = try Self.freePort()
        let main = ContainerPlan.shell("main", "sleep 100") {
            $0.startupProbe = ProbePlan(.tcp(host: "127.0.0.1", port: port))
            $0.startupProbe?.period = 1
            $0.startupProbe?.failureThreshold = 1
            $0.startupProbe?.grace = 1
        }
        let trial = try ScriptTrial([main])
        #expect(try await trial.run() == 143)
        #expect(trial.closing?["c0.message"]?.contains("failed startup probe: dial tcp 127.0.0.1:\(port)") == true)
    }

    @Test func `The tunnel runs before the containers, and ends with the pod`() async throws {
        let trial = try ScriptTrial([.shell("main", "cat $TUNNEL_PROOF")]) {
            $0.network.tunnelCommands = "echo $$ >proof; sleep 100 & echo $! >>proof"
            $0.network.preExec = "export IGNORED=1; false"
            $0.containers[0].environment = [EnvironmentVariable("TUNNEL_PROOF", "tunnel-proof")]
            $0.containers[0].mounts = [
                MountPlan(source: .workspace("run/tunnel"), target: "/tunnel", readOnly: true)
            ]
            $0.containers[0].command = ["cat", "/tunnel/proof"]
        }
        #expect(try await trial.run() == 0)
        let pids = trial.log("main").split(separator: "\n").compactMap { pid_t($0) }
        #expect(pids.count == 2)
        for pid in pids { #expect(!ScriptProcess.isRunning(pid)) }
        #expect(trial.text(WorkspaceLayout.supervisorLog)?.contains("pre-exec ended with 1") == true)
    }

    @Test func `The mesh script runs the supervisor inside, and hands signals on`() async throws {
        let mesh = """
            echo "in the mesh" >"$TMPDIR/../mesh-proof.$$" 2>/dev/null
            export IN_MESH=yes
            $@ &
            wait $!
            exit $?
            """
        let trial = try ScriptTrial(
            [.shell("main", "trap 'exit 9' TERM; echo up; while :; do sleep 0.1; done")], grace: 5
        ) {
            $0.network.meshScript = mesh
        }
        let process = try trial.start()
        try await eventually("it runs") { trial.log("main") == "up\n" }
        process.signal(SIGTERM)
        #expect(try await process.end() == 9)
        #expect(trial.closing?["c0.exit"] == "9" && trial.closing?["attempt"] == "1")
    }

    @Test func `A mesh script that fails fails the pod`() async throws {
        let trial = try ScriptTrial([.shell("main", "echo ran")]) { $0.network.meshScript = "echo no curl >&2; exit 4" }
        #expect(try await trial.run() != 0)
        #expect(trial.closing?["reason"] == "NetworkError" && trial.closing?["message"]?.contains("no curl") == true)
        #expect(trial.log("main") == "")
    }

    @Test func `A job script is run instead of the containers`() async throws {
        let trial = try ScriptTrial([
            .shell("setup", "echo no", role: .initial), .shell("one", "echo no"), .shell("two", "echo no"),
        ]) {
            $0.jobScript = """
                echo "one says it's fine" >$workingPath/run-one.out; echo 0 >$workingPath/run-one.status
                echo two >run-two.out; echo 6 >run-two.status
                """
        }
        #expect(try await trial.run() == 6)
        #expect(trial.closing?.all("exit") == ["0", "0", "6"])
        #expect(trial.log("one") == "one says it's fine\n" && trial.log("two") == "two\n" && trial.log("setup") == "")
    }
}
