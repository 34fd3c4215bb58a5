import Glibc
import InterLinkAPI
import KubernetesModel
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// The hook with real programs.
@Suite(.timeLimit(.minutes(2))) struct PolicyHookProgramTests {
    let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func admit(_ script: String, timeout: Duration = .seconds(60)) async throws -> Admission.Admitted {
        var hook = HookConfiguration()
        hook.program = try folder.write("#!/bin/sh\n\(script)\n".utf8, to: "hook")
        hook.arguments = ["first", "a b"]
        hook.timeout = timeout
        chmod(hook.program, 0o700)
        let admission = Admission(.with { $0.hook = hook }, runner: try CommandRunner())
        return try await admission.admit(try policyRequest())
    }

    @Test func itGetsTheRequestAndItsArguments() async throws {
        let admitted = try await admit(
            """
            grep -q '"uid":"u-1"' || exit 3
            printf '{"decision":"change","patch":{"metadata":{"labels":{"told":"%s"}}}}' "$1-$2-$#"
            """)
        #expect(admitted.request.pod.metadata.labels == ["told": "first-a b-2"])
    }

    @Test(arguments: [
        ("echo no room >&2; exit 4", "it ended with exit code 4: no room"),
        ("kill -9 $$", "it was ended by signal 9"),
        ("head -c 2000000 /dev/zero", "its answer is longer than 1 MiB"),
        ("true", "its answer is not JSON"),
    ])
    func itsFailureIsTold(script: String, told: String) async throws {
        let error = await #expect(throws: PolicyRefusals.self) { try await admit(script) }
        #expect(error?.description.contains(told) == true, "\(error?.description ?? "")")
    }

    @Test func itMayNotTakeLongerThanItsTimeout() async throws {
        let error = await #expect(throws: PolicyRefusals.self) {
            try await admit("sleep 1000", timeout: .milliseconds(50))
        }
        #expect(error?.description.contains("it took longer than 0.05 seconds") == true, "\(error?.description ?? "")")
    }
}
