import InterLinkAPI
import KubernetesModel
import Testing

@testable import InterLinkPluginKit

@Suite struct PolicyConfigurationTests {
    struct Plugin: ConfigurationSection {
        var policy = PolicyConfiguration()
    }

    @Test func theExampleOfTheDocumentationIsRead() throws {
        let yaml = """
            policy:
              images: { allow: [ghcr.io/cms/, docker.io/library/, /cvmfs/unpacked.cern.ch/] }
              namespaces: { allow: [cms-*], deny: [cms-test] }
              annotations: { deny: [slurm-job.vk.io/*], allow: [slurm-job.vk.io/flavor] }
              resources: { maximum: { cpu: 64, memory: 256Gi, nvidia.com/gpu: 4 }, required: [memory] }
              quotas: [{ node: vk-cms, pods: 200, maximum: { cpu: 1000 } }]
              hostPaths: [/cvmfs, /scratch]
              privileged: false
              users: { allow: [1000-59999] }
              identities: [{ namespaces: [cms-*], account: cms, qos: "${label:qos}" }]
              hook: { program: /etc/interlink/admit, timeout: 5s, onFailure: allow }
            """
        let policy = try ConfigurationFile.parse(Plugin.self, yaml: yaml).value.policy
        #expect(policy.images.allow.count == 3)
        #expect(policy.namespaces.deny == ["cms-test"])
        #expect(policy.resources.maximum == ["cpu": "64", "memory": "256Gi", "nvidia.com/gpu": "4"])
        #expect(policy.quotas.first?.maximum["cpu"] == "1k")
        #expect(policy.hostPaths == ["/cvmfs", "/scratch"])
        #expect(!policy.privileged)
        #expect(policy.users.ranges == [1000...59999])
        #expect(policy.identities.first?.qos == "${label:qos}")
        #expect(policy.hook?.timeout == .seconds(5))
        #expect(policy.hook?.onFailure == .allow)
        #expect(policy.hook?.secrets == false)
    }

    @Test func withoutAPolicyEverythingIsAdmitted() throws {
        let policy = try ConfigurationFile.parse(Plugin.self, yaml: "{}").value.policy
        let request = try policyRequest(main: #","securityContext":{"privileged":true,"runAsUser":0}"#)
        #expect(PodRules(configuration: policy).refusals(of: request.pod) == [])
    }

    @Test func whatIsWrongIsToldWithItsKey() {
        let yaml = """
            policy:
              resources: { maximum: { cpu: lots } }
              users: { allow: [root] }
              hook: { program: admit }
              imagse: { allow: [x] }
            """
        let error = #expect(throws: ConfigurationError.self) { try ConfigurationFile.parse(Plugin.self, yaml: yaml) }
        let told = error?.description ?? ""
        #expect(told.contains("policy.resources.maximum.cpu: \"lots\" is not an amount; write it like 4, 500m or 16Gi"))
        #expect(told.contains("policy.imagse"))
    }

    @Test func whatValuesMeanIsCheckedToo() {
        let yaml = """
            policy: { users: { allow: [root] }, hook: { program: admit }, hostPaths: [scratch] }
            """
        let error = #expect(throws: ConfigurationError.self) { try ConfigurationFile.parse(Plugin.self, yaml: yaml) }
        let told = error?.description ?? ""
        for key in ["policy.users.allow[0]", "policy.hook.program", "policy.hostPaths[0]"] {
            #expect(told.contains(key), "\(told)")
        }
    }
}
