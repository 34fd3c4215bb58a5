import InterLinkAPI
import InterLinkPluginKit
import InterLinkSystem
import InterLinkTesting
import LosslessJSON
import Testing

// One host at a time: each holds a dozen descriptors, and other suites need theirs.
@Suite(.serialized) struct PolicyRouteTests {
    @Test func aRefusalSaysWhichRule() async throws {
        try await ScriptedHost.run("policy: { images: { allow: [ghcr.io/cms/] } }") { scripted in
            let answer = try await scripted.host.create(Body.create())
            #expect(answer.status == 422)
            #expect(answer.text.contains("policy.images"))
            #expect(try await scripted.jobs() == "[]")
        }
    }

    @Test(arguments: ["pods: 1", "maximum: { cpu: 3 }"])
    func aQuotaIsGivenBackAtTheEndOfAPodAndKeptOverARestart(_ rule: String) async throws {
        try await ScriptedHost.run("policy: { quotas: [{ node: vk, \(rule) }] }") { scripted in
            let host = scripted.host
            scripted.backend.setJobs(runTime: .seconds(60))
            #expect(try await host.create(Body.create(Body.uid(1))).status == 200)
            #expect(try await host.create(Body.create(Body.uid(2))).status == 422)
            try await host.restart()
            #expect(try await host.create(Body.create(Body.uid(2))).status == 422)
            try await scripted.turn { try await host.create(Body.create(Body.uid(2))).status == 200 }
            try await host.restart()
            #expect(try await host.create(Body.create(Body.uid(3))).status == 422)
        }
    }

    @Test func aPodThatTheBackendRefusedCountsForNothing() async throws {
        try await ScriptedHost.run("policy: { quotas: [{ node: vk, pods: 1 }] }") {
            (scripted: ScriptedHost) async throws in
            scripted.backend.order(.reject("no"), for: .submit)
            for _ in 0..<2 { #expect(try await scripted.host.create(Body.create(Body.uid(1))).status == 422) }
            #expect(try await scripted.host.create(Body.create(Body.uid(2))).status == 200)
        }
    }

    @Test func aTrackedPodStaysWhenThePolicyWouldRefuseItNow() async throws {
        try await ScriptedHost.run("policy: { quotas: [{ node: vk, pods: 1 }] }") { scripted in
            let created = try await scripted.host.create(Body.create())
            #expect(try await scripted.host.create(Body.create()).body == created.body)
        }
    }

    @Test func theOwnerReachesThePluginAndCannotBeForged() async throws {
        let owners = Lock<[OwnerIdentity?]>([])
        let host = try await TestHost(
            configuration: "policy: { identities: [{ namespaces: [space], account: cms, qos: high }] }"
        ) { services in
            OwnedPlugin(inner: ScriptedPlugin(ScriptedBackend(clock: services.clock))) { owner in
                owners.withLock { $0.append(owner) }
            }
        }
        let forged = #", "annotations": {"policy.interlink/account": "root", "policy.interlink/user": "root"}"#
        #expect(try await host.create(Body.create(metadata: forged)).status == 200)
        #expect(try await host.create(Body.create(Body.uid(2), namespace: "other", metadata: forged)).status == 200)
        await host.end()
        let seen = owners.withLock { $0 }
        #expect(seen.first??.account == "cms")
        #expect(seen.first??.qos == "high")
        #expect(seen.first??.user == nil)
        #expect(seen.last == .some(nil))
    }
}

/// Tells the owner of each pod that is placed.
private struct OwnedPlugin: InterLinkPlugin {
    typealias Configuration = ScriptedPlugin.Configuration

    let inner: ScriptedPlugin
    let tell: @Sendable (OwnerIdentity?) -> Void

    init(inner: ScriptedPlugin, tell: @escaping @Sendable (OwnerIdentity?) -> Void) {
        self.inner = inner
        self.tell = tell
    }

    init(configuration: Configuration, services: PluginServices) {
        self.init(inner: ScriptedPlugin(configuration: configuration, services: services)) { _ in }
    }

    func place(_ request: CreateRequest) throws -> Placement {
        tell(request.owner)
        return try inner.place(request)
    }
    func submit(_ pods: [PodSubmission]) async throws -> [PodUID: Submission] { try await inner.submit(pods) }
    func list(at placement: Placement) async throws -> [ListedJob] { try await inner.list(at: placement) }
    func explain(_ jobs: [TrackedJob]) async throws -> [PodUID: Observation] { try await inner.explain(jobs) }
    func stop(_ jobs: [TrackedJob], grace: Duration) async throws { try await inner.stop(jobs, grace: grace) }
    func remove(_ job: TrackedJob) async throws { try await inner.remove(job) }
    func logs(of container: ContainerReference, in job: TrackedJob) async throws -> LogSource {
        try await inner.logs(of: container, in: job)
    }
}
