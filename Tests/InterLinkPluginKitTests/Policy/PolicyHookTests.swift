import InterLinkAPI
import InterLinkSystem
import KubernetesModel
import LosslessJSON
import Testing

@testable import InterLinkPluginKit

@Suite struct PolicyHookTests {
    /// A program that says what it is told to say, and keeps what it was given.
    final class Program: HookRunner {
        struct Trouble: Error {}

        private let answer: @Sendable () throws -> HookOutput
        private let given = Lock<[UInt8]>([])

        init(_ answer: @escaping @Sendable () throws -> HookOutput) { self.answer = answer }

        convenience init(says text: String, exitCode: Int = 0, errors: String = "") {
            self.init { HookOutput(exitCode: exitCode, output: Array(text.utf8), errors: Array(errors.utf8)) }
        }

        var input: String { String(decoding: given.withLock { $0 }, as: UTF8.self) }

        func run(
            _ program: String, _ arguments: [String], input: [UInt8], within limit: Duration
        ) async throws -> HookOutput {
            given.withLock { $0 = input }
            return try answer()
        }
    }

    private func admission(
        _ program: Program, _ change: (inout PolicyConfiguration) -> Void = { _ in },
        hook changeHook: (inout HookConfiguration) -> Void = { _ in }
    ) -> Admission {
        var hook = HookConfiguration()
        hook.program = "/bin/judge"
        changeHook(&hook)
        return Admission(
            .with {
                change(&$0)
                $0.hook = hook
            }, runner: program)
    }

    @Test func whatItAllowsPassesUnchanged() async throws {
        let request = try policyRequest()
        let admitted = try await admission(Program(says: #"{"decision":"allow"}"#)).admit(request)
        #expect(admitted.request == request)
        #expect(admitted.warning == nil)
    }

    @Test func itsReasonForRefusingIsTold() async throws {
        let request = try policyRequest()
        let error = await #expect(throws: PolicyRefusals.self) {
            try await admission(Program(says: #"{"decision":"refuse","reason":"not on Fridays"}"#)).admit(request)
        }
        #expect(
            error?.description
                == "the policy of the site refuses the pod: policy.hook: the pod was refused: not on Fridays; "
                + "allowed: what /bin/judge lets pass")
    }

    @Test(arguments: [
        ("", 0), ("no", 0), ("{}", 0), (#"{"decision":"perhaps"}"#, 0), (#"{"decision":"change"}"#, 0),
        (#"{"decision":"change","patch":[]}"#, 0), (#"{"decision":"change","patch":{"status":{}}}"#, 0),
        (#"{"decision":"change","patch":{"metadata":{"uid":"x"}}}"#, 0),
        (#"{"decision":"change","patch":{"metadata":null}}"#, 0),
        (#"{"decision":"change","patch":{"spec":{"nodeName":"x"}}}"#, 0),
        (#"{"decision":"change","patch":{"spec":{"containers":null}}}"#, 0),
        (#"{"decision":"change","patch":{"spec":{"containers":[{"name":"new"}]}}}"#, 0),
        (#"{"decision":"change","patch":{"spec":{"containers":[{"image":"x"}]}}}"#, 0),
        (#"{"decision":"change","patch":{"spec":{"containers":[{"name":"main","env":[]}]}}}"#, 0),
        (#"{"decision":"change","patch":{"spec":{"restartPolicy":7}}}"#, 0),
        (#"{"decision":"allow"}"#, 1), (#"{"decision":"allow"}"#, 127),
    ])
    func whateverElseItSaysRefusesThePodUnlessTheSiteWantsOtherwise(answer: String, exitCode: Int) async throws {
        let request = try policyRequest()
        let program = Program(says: answer, exitCode: exitCode, errors: "out of\npaper")
        let error = await #expect(throws: PolicyRefusals.self) { try await admission(program).admit(request) }
        #expect(error?.refusals.map(\.rule) == [.hook])
        let open = admission(program, hook: { $0.onFailure = .allow })
        let admitted = try await open.admit(request)
        #expect(admitted.request == request)
        #expect(admitted.warning?.hasPrefix("the policy hook /bin/judge was not heard: ") == true)
    }

    @Test func aProgramThatDoesNotAnswerRefusesThePod() async throws {
        let request = try policyRequest()
        let program = Program { throw Program.Trouble() }
        let error = await #expect(throws: PolicyRefusals.self) { try await admission(program).admit(request) }
        #expect(error?.description.contains("it did not answer: Trouble()") == true)
    }

    @Test func itChangesThePod() async throws {
        let request = try policyRequest(
            spec: #","priority":5,"initContainers":[{"name":"i","image":"i"}]"#,
            metadata: #","labels":{"a":"1","b":"2"},"futureField":1.0"#,
            main: #","env":[{"name":"A","value":"secret"}],"args":["x"]"#, containers: #",{"name":"b","image":"b"}"#)
        let patch = """
            {"decision":"change","patch":{"metadata":{"labels":{"a":null,"c":"3"},"annotations":{"qos":"low"}},
             "spec":{"priority":null,"restartPolicy":"Never","containers":[{"name":"main","image":"new","args":null}],
             "initContainers":[{"name":"i","command":["true"]}]}}}
            """
        let pod = try await admission(Program(says: patch)).admit(request).request.pod
        #expect(pod.metadata.labels == ["b": "2", "c": "3"])
        #expect(pod.metadata.annotations == ["qos": "low"])
        #expect(pod.metadata.extras["futureField"] == "1.0")
        #expect(pod.metadata.uid == "u-1")
        #expect(pod.spec.priority == nil)
        #expect(pod.spec.restartPolicy == .never)
        #expect(pod.spec.containers.map(\.name) == ["main", "b"])
        #expect(pod.spec.containers[0].image == "new")
        #expect(pod.spec.containers[0].args == nil)
        #expect(pod.spec.containers[0].env?.first?.value == "secret")
        #expect(pod.spec.initContainers?.first?.command == ["true"])
    }

    @Test func theRulesHoldForWhatItChanges() async throws {
        let request = try policyRequest()
        let patch = #"{"decision":"change","patch":{"spec":{"containers":[{"name":"main","image":"evil.org/x"}]}}}"#
        let admission = admission(Program(says: patch), { $0.images.allow = ["docker.io/"] })
        let error = await #expect(throws: PolicyRefusals.self) { try await admission.admit(request) }
        #expect(error?.refusals.map(\.rule) == [.images])
    }

    @Test func aPodThatTheRulesRefuseIsNotShownToIt() async throws {
        let request = try policyRequest()
        let program = Program(says: #"{"decision":"allow"}"#)
        let admission = admission(program, { $0.images.allow = ["ghcr.io/"] })
        await #expect(throws: PolicyRefusals.self) { try await admission.admit(request) }
        #expect(program.input == "")
    }

    @Test(arguments: [false, true]) func itSeesSecretsOnlyWhenTheSiteWants(shown: Bool) async throws {
        let request = try policyRequest(
            spec: #","initContainers":[{"name":"i","env":[{"name":"B","value":"SECRET1"}]}]"#,
            metadata: """
                ,"annotations":{"interlink.eu/wg-private-key":"SECRET2","slurm-job.vk.io/pre-exec":"SECRET3",
                "kubectl.kubernetes.io/last-applied-configuration":"SECRET4","unicoreToken":"SECRET5","plain":"VISIBLE1"}
                """,
            main: #","env":[{"name":"VISIBLE2","value":"SECRET6"},{"name":"EMPTY"}]"#,
            containers: "",
            beside: """
                ,"jobScript":"SECRET7","jobConfig":{"SingularityHubProxy":{"server":"VISIBLE3","master_token":"SECRET8"}},
                "container":[{"name":"main","secrets":[{"metadata":{"name":"VISIBLE4","annotations":{"a":"SECRET9"}},
                "data":{"VISIBLE5":"U0VDUkVU"}}],"projectedvolumemaps":[{"metadata":{"name":"t"},"data":{"token":"SECRET0"}}],
                "configMaps":[{"metadata":{"name":"c"},"data":{"k":"VISIBLE6"}}]}]
                """)
        let program = Program(says: #"{"decision":"allow"}"#)
        _ = try await admission(program, hook: { $0.secrets = shown }).admit(request)
        for number in 0...9 { #expect(program.input.contains("SECRET\(number)") == shown, "SECRET\(number)") }
        #expect(program.input.contains("U0VDUkVU") == shown)
        for number in 1...6 { #expect(program.input.contains("VISIBLE\(number)"), "VISIBLE\(number)") }
        let told: JSONValue = try JSON.decode(from: Array(program.input.utf8))
        #expect(told["version"] == .number("1"))
        #expect(told["request"]?["pod"]?["metadata"]?["uid"] == .string("u-1"))
    }

    @Test func aPodIsCountedOnceItIsAdmittedAndGivenBack() async throws {
        var quota = QuotaRule()
        quota.pods = 1
        let admission = Admission(.with { $0.quotas = [quota] }, runner: Program(says: ""))
        let request = try policyRequest()
        var other = request
        other.pod.metadata.uid = "u-2"
        let admitted = try await admission.admit(request)
        let error = await #expect(throws: PolicyRefusals.self) { try await admission.admit(other) }
        #expect(error?.refusals.map(\.rule) == [.quotas])
        admission.release("u-1")
        _ = try await admission.admit(other)
        admission.release("u-2")
        admission.restore("u-1", node: "vk-cms", admitted.totals)
        await #expect(throws: PolicyRefusals.self) { try await admission.admit(other) }
    }
}
