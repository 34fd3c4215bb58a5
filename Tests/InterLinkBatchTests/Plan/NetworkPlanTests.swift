import InterLinkAPI
import KubernetesModel
import Testing

@testable import InterLinkBatch

@Suite struct NetworkPlanTests {
    private func pod(_ annotations: [String: String]) throws -> CreateRequest {
        var pod = try request()
        pod.pod.metadata.annotations = annotations
        return pod
    }

    private static let tunnel = "interlink.eu/wstunnel-client-commands"
    private static let preExec = "slurm-job.vk.io/pre-exec"
    private static let script = "#!/bin/bash\nset -e\ncat <<'EOFWG' > x\nkey\nEOFWG\nfg 1\n\n"

    private static func mesh(_ script: String = script, then user: String) -> String {
        "cat <<'EOFMESH' > $TMPDIR/mesh.sh\n\(script)EOFMESH\(user)"
    }

    private func network(_ text: String) throws -> NetworkPlan {
        try plan(pod([Self.preExec: text])) { ($0.network.mesh, $0.network.preExec) = (true, true) }.network
    }

    @Test func theMeshScriptIsCutOutOfItsHereDocument() throws {
        let found = try network(Self.mesh(then: "\n"))
        #expect(found.meshScript == Self.script)
        #expect(found.preExec == nil)
    }

    @Test func theUsersTextFollowsTheMarkerOnItsLine() throws {
        let found = try network(Self.mesh(then: "module load cuda\nexport A=1"))
        #expect(found.meshScript == Self.script)
        #expect(found.preExec == "module load cuda\nexport A=1")
    }

    @Test(arguments: ["", "\n", "\r\n", " \n"])
    func ofTwoMeshScriptsTheFirstCounts(between: String) throws {
        let found = try network(
            Self.mesh(then: between + Self.mesh("older\n", then: "module load cuda")))
        #expect(found.meshScript == Self.script)
        #expect(found.preExec == "module load cuda")
    }

    @Test func aTextWithoutAMeshScriptIsTheUsers() throws {
        for text in ["module load cuda\r\n", "cat <<'EOF' > mesh.sh\nEOFMESH\nEOF\n", "EOFMESH", "cat <<'EOFMESH'"] {
            let found = try network(text)
            #expect(found.meshScript == nil)
            #expect(found.preExec == text)
        }
        #expect(try network(" \n\t") == NetworkPlan())
    }

    @Test func aMeshScriptWithoutItsEndIsRefused() throws {
        let pod = try pod([Self.preExec: "cat <<'EOFMESH' > $TMPDIR/mesh.sh\nx\n EOFMESH\n"])
        #expect(try objections(pod) { $0.network.mesh = true }.count == 1)
    }

    @Test func shellTextFromTheClusterIsOffUntilTheSiteAllowsIt() throws {
        let pod = try pod([Self.tunnel: "./wstunnel &", Self.preExec: Self.mesh(then: "id")])
        #expect(
            try objections(pod).map { $0.split(separator: ";")[0] } == [
                "metadata.annotations[\(Self.tunnel)] is shell text for the node, and network.tunnel is off at this site",
                "metadata.annotations[\(Self.preExec)] is shell text for the node, and network.mesh is off at this site",
                "metadata.annotations[\(Self.preExec)] is shell text for the node, and network.preExec is off at this site",
            ])
        let ignoring = try plan(pod) { $0.network.ignoreForbidden = true }
        #expect(ignoring.network == NetworkPlan())
        #expect(ignoring.remarks.count == 3)
        let meshOnly = try plan(pod) { ($0.network.mesh, $0.network.ignoreForbidden) = (true, true) }
        #expect(meshOnly.network.meshScript == Self.script)
        #expect(meshOnly.network.preExec == nil && meshOnly.network.tunnelCommands == nil)
        let tunnel = try plan(pod) { ($0.network.tunnel, $0.network.ignoreForbidden) = (true, true) }
        #expect(tunnel.network.tunnelCommands == "./wstunnel &")
    }

    @Test func aNULIsRefused() throws {
        #expect(try objections(pod([Self.tunnel: "a\u{0}b"])) { $0.network.tunnel = true }.count == 1)
    }

    @Test(arguments: ["10.244.0.7", "fd00::7"])
    func theAddressIsSeenByContainers(address: String) throws {
        let found = try plan(pod(["interlink.eu/pod-ip": address]))
        #expect(found.network.podAddress == address)
        #expect(found.containers[0].environment == [EnvironmentVariable("POD_IP", address)])
    }

    @Test(arguments: ["10.0.0", "10.0.0.1; id", "10.0.0.1\n", "host", "1.2.3.4\u{0}"])
    func whatIsNoAddressIsRefused(address: String) throws {
        #expect(try objections(pod(["interlink.eu/pod-ip": address])).count == 1)
    }

    @Test func aPodsOwnVariableCounts() throws {
        var pod = try request(main: #","env":[{"name":"POD_IP","value":"own"}]"#)
        pod.pod.metadata.annotations = ["interlink.eu/pod-ip": "10.0.0.7"]
        #expect(try plan(pod).containers[0].environment == [EnvironmentVariable("POD_IP", "own")])
    }
}
