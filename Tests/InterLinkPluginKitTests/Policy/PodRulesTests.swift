import InterLinkAPI
import KubernetesModel
import Testing

@testable import InterLinkPluginKit

@Suite struct PodRulesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let policy: PolicyConfiguration
        let request: CreateRequest
        let refusals: [String]

        init(
            _ name: String, _ request: CreateRequest, refusals: [String] = [],
            _ policy: (inout PolicyConfiguration) -> Void
        ) {
            testDescription = name
            self.policy = .with(policy)
            self.request = request
            self.refusals = refusals
        }
    }

    private static func cases() throws -> [Case] {
        let plain = try policyRequest()
        let limits = #","resources":{"limits":{"cpu":"8","memory":"4Gi","nvidia.com/gpu":"2"}}"#
        let large = try policyRequest(main: limits, containers: #",{"name":"b","image":"b"\#(limits)}"#)
        let host = try policyRequest(
            spec: """
                ,"volumes":[{"name":"a","hostPath":{"path":"/cvmfs/x"}},{"name":"b","hostPath":{"path":"/cvmfsx"}},
                {"name":"c","hostPath":{"path":"/cvmfs/../etc"}},{"name":"d","emptyDir":{}},
                {"name":"e","hostPath":{"path":"/cvmfs/..\u{2F}\u{301}x"}}]
                """)
        let users = try policyRequest(
            spec: """
                ,"securityContext":{"runAsUser":0,"fsGroup":5,"supplementalGroups":[100,7]},
                "initContainers":[{"name":"i","image":"i","securityContext":{"runAsUser":1500,"privileged":true}}]
                """)
        let annotated = try policyRequest(
            metadata: #","annotations":{"slurm-job.vk.io/flags":"--uid=0","slurm-job.vk.io/flavor":"gpu","x":"y"}"#)
        let imageVolume = try policyRequest(
            spec: #","volumes":[{"name":"v","image":{"reference":"evil.org/data"}}]"#)
        return [
            Case("no rule", large) { _ in },
            Case("an image under an allowed name", plain) { $0.images.allow = ["docker.io/library/"] },
            Case(
                "an image under no allowed name", plain,
                refusals: [
                    "policy.images: spec.containers[main].image is \"docker.io/library/python:3.12\"; "
                        + "allowed: ghcr.io/cms/"
                ]
            ) { $0.images.allow = ["ghcr.io/cms/"] },
            Case(
                "denied beats allowed", plain,
                refusals: [
                    "policy.images: spec.containers[main].image is \"docker.io/library/python:3.12\"; "
                        + "allowed: nothing like docker.io/"
                ]
            ) {
                $0.images.allow = ["*"]
                $0.images.deny = ["docker.io/"]
            },
            Case(
                "an image as a volume", imageVolume,
                refusals: [
                    "policy.images: spec.volumes[v].image.reference is \"evil.org/data\"; allowed: docker.io/"
                ]
            ) { $0.images.allow = ["docker.io/"] },
            Case("an allowed namespace", plain) { $0.namespaces.allow = ["atlas", "cms-*"] },
            Case(
                "a denied namespace", plain,
                refusals: ["policy.namespaces: metadata.namespace is \"cms-prod\"; allowed: nothing like *-prod"]
            ) { $0.namespaces.deny = ["*-prod"] },
            Case(
                "denied annotations with an exception", annotated,
                refusals: [
                    "policy.annotations: metadata.annotations[slurm-job.vk.io/flags] is set; "
                        + "allowed: no annotation like slurm-job.vk.io/*, but slurm-job.vk.io/flavor"
                ]
            ) {
                $0.annotations.deny = ["slurm-job.vk.io/*"]
                $0.annotations.allow = ["slurm-job.vk.io/flavor"]
            },
            Case("resources up to the maximum", large) {
                $0.resources.maximum = ["cpu": "16", "memory": "8Gi", "nvidia.com/gpu": "4", "other": "0"]
            },
            Case(
                "resources beyond the maximum", large,
                refusals: [
                    "policy.resources: the pod's sum of cpu is 16; allowed: at most 15",
                    "policy.resources: the pod's sum of nvidia.com/gpu is 4; allowed: at most 0",
                ]
            ) { $0.resources.maximum = ["cpu": "15", "memory": "1Ti", "nvidia.com/gpu": "0"] },
            Case(
                "resources that must be asked for", plain,
                refusals: [
                    "policy.resources: spec.containers[main].resources.limits[memory] is not set; allowed: any amount"
                ]
            ) { $0.resources.required = ["memory"] },
            Case(
                "hostPaths outside the folders", host,
                refusals: [
                    "policy.hostPaths: spec.volumes[b].hostPath.path is \"/cvmfsx\"; allowed: what lies in /cvmfs/",
                    "policy.hostPaths: spec.volumes[c].hostPath.path is \"/cvmfs/../etc\"; "
                        + "allowed: what lies in /cvmfs/",
                    "policy.hostPaths: spec.volumes[e].hostPath.path is \("/cvmfs/..\u{2F}\u{301}x".debugDescription); "
                        + "allowed: what lies in /cvmfs/",
                ]
            ) { $0.hostPaths = ["/cvmfs/"] },
            Case(
                "a privileged init container", users,
                refusals: [
                    "policy.privileged: spec.initContainers[i].securityContext.privileged is true; allowed: false"
                ]
            ) { $0.privileged = false },
            Case(
                "users by container and by pod", users,
                refusals: [
                    "policy.users: spec.containers[main].securityContext.runAsUser is 0; allowed: 1000-1999, 65534"
                ]
            ) { $0.users.allow = ["1000-1999", "65534"] },
            Case("a user that is not said passes", plain) { $0.users.allow = ["1000"] },
            Case(
                "a user that must be said", plain,
                refusals: [
                    "policy.users: spec.containers[main].securityContext.runAsUser is not set; allowed: 1000"
                ]
            ) {
                $0.users.allow = ["1000"]
                $0.users.required = true
            },
            Case(
                "groups of every kind", users,
                refusals: [
                    "policy.groups: spec.securityContext.supplementalGroups is 7; allowed: 100",
                    "policy.groups: spec.securityContext.fsGroup is 5; allowed: 100",
                ]
            ) { $0.groups.allow = ["100"] },
        ]
    }

    @Test(arguments: try cases()) func eachRuleSaysWhatItRefusesAndWhatItAllows(_ test: Case) {
        let found = PodRules(configuration: test.policy).refusals(of: test.request.pod)
        #expect(found.map(\.description) == test.refusals)
    }

    @Test func aRefusalIsOneShortLine() throws {
        let request = try policyRequest(main: #","image":"evil/\#(String(repeating: "x", count: 5000))\n""#)
        let refusals = PodRules(configuration: .with { $0.images.allow = ["ghcr.io/"] }).refusals(of: request.pod)
        let text = PolicyRefusals(refusals).description
        #expect(text.hasPrefix("the policy of the site refuses the pod: policy.images: "))
        #expect(text.utf8.count < 600)
        #expect(!text.contains("\n"))
    }

    @Test func aConfigurationThatCannotMeanAnythingIsReported() {
        var policy = PolicyConfiguration()
        policy.hostPaths = ["/good", "bad", "/bad/.."]
        policy.quotas = [QuotaRule()]
        policy.quotas[0].pods = -1
        var users = NumericIDRule()
        users.allow = ["1", "2-3", "3-2", "-1", "a", "1-2-3", ""]
        var names = NameRule()
        names.deny = ["", "x"]
        var hook = HookConfiguration()
        hook.timeout = .seconds(100)
        #expect(policy.validate().map(\.key) == ["hostPaths[1]", "hostPaths[2]", "quotas[0].pods"])
        #expect(users.validate().map(\.key) == ["allow[2]", "allow[3]", "allow[4]", "allow[5]", "allow[6]"])
        #expect(names.validate().map(\.key) == ["deny[0]"])
        #expect(hook.validate().map(\.key) == ["program", "timeout"])
        #expect(PolicyConfiguration().validate().isEmpty)
    }
}
