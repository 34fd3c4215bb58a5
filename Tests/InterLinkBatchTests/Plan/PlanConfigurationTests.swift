import InterLinkPluginKit
import Testing

@testable import InterLinkBatch

@Suite struct PlanConfigurationTests {
    /// As a plugin has them in its file.
    private struct Sections: ConfigurationSection {
        var images = ImagesConfiguration()
        var volumes = VolumesConfiguration()
        var resources = ResourcesConfiguration()
        var containers = ContainersConfiguration()
        var network = NetworkConfiguration()
    }

    private static let everything = """
        images:
          prefix: /cvmfs/unpacked/
          rules: [{ match: ghcr.io/cms/, replacement: /cvmfs/cms/ }]
          folders: [/images]
          roots: [/cvmfs/]
        volumes:
          hostPaths: [/cvmfs:ro, /scratch]
          binds: ["/cvmfs:/cvmfs:ro", "/a:/b"]
          claims:
            - { claim: cms/data, path: /lustre/data, readOnly: true }
            - { claim: "*/scratch-*", path: "/scratch/{namespace}/{claim}", create: true }
          ephemeralAsEmptyDir: true
        resources:
          defaults: { cpu: 1, memory: 2Gi }
          maximum: { cpu: 64, nvidia.com/gpu: 4 }
          timeLimit: 24h
          defaultFlavor: a100
          flavors: [{ name: a100, forGPUs: true, defaults: { cpu: 16 }, options: [--constraint=a100], timeLimit: 1h }]
        containers:
          users: ["1000-59999"]
          ignore: [capabilities, httpsProbes]
          expandValues: always
        network:
          tunnel: true
        """

    @Test func sectionsAreReadAndShownAgain() throws {
        let loaded = try ConfigurationFile.parse(Sections.self, yaml: Self.everything)
        let value = loaded.value
        #expect(value.volumes.hostPaths.map(\.configurationText) == ["/cvmfs:ro", "/scratch"])
        #expect(value.volumes.binds.map(\.configurationText) == ["/cvmfs:/cvmfs:ro", "/a:/b"])
        #expect(value.containers.ignore == [.capabilities, .httpsProbes])
        #expect(value.containers.expandValues == .always)
        #expect(value.resources.flavors.map(\.name) == ["a100"])
        #expect(value.network.tunnel && !value.network.preExec)
        let again = try ConfigurationFile.parse(Sections.self, yaml: loaded.effectiveText)
        #expect(again.value.volumes == value.volumes)
        #expect(again.value.images == value.images)
        #expect(again.value.resources == value.resources)
        #expect(again.value.containers == value.containers)
        #expect(again.value.network == value.network)
    }

    @Test func nothingNeedsToBeWritten() throws {
        let value = try ConfigurationFile.parse(Sections.self, yaml: "").value
        #expect(value.images == ImagesConfiguration())
        #expect(value.volumes.hostPaths.isEmpty)
        #expect(!value.network.tunnel && !value.network.mesh && !value.network.preExec)
    }

    @Test(arguments: [
        ("volumes: { hostPaths: [scratch] }", "volumes.hostPaths[0]"),
        ("volumes: { hostPaths: [/a/../b] }", "volumes.hostPaths[0]"),
        ("volumes: { binds: [/a] }", "volumes.binds[0]"), ("volumes: { binds: [\"/a:b\"] }", "volumes.binds[0]"),
        ("volumes: { binds: [\"/a:/b:rx\"] }", "volumes.binds[0]"),
        ("volumes: { binds: [\"/a:/\"] }", "volumes.binds[0]"),
        ("volumes: { claims: [{ claim: a }] }", "volumes.claims[0].path"),
        ("volumes: { claims: [{ path: /a }] }", "volumes.claims[0].claim"),
        ("volumes: { claims: [{ claim: a, path: \"/a/{user}\" }] }", "volumes.claims[0].path"),
        ("volumes: { claims: [{ claim: a, path: \"/a/../{claim}\" }] }", "volumes.claims[0].path"),
        ("images: { folders: [images] }", "images.folders[0]"), ("images: { prefix: docker }", "images.prefix"),
        ("images: { rules: [{ replacement: a }] }", "images.rules[0].match"),
        ("images: { rules: [{ match: \"a*\", replacement: a }] }", "images.rules[0].match"),
        ("containers: { users: [a] }", "containers.users[0]"),
        ("containers: { groups: [\"5-1\"] }", "containers.groups[0]"),
        ("containers: { ignore: [everything] }", "containers.ignore[0]"),
        ("resources: { nodes: 0 }", "resources.nodes"),
        ("resources: { defaults: { cpu: -1 } }", "resources.defaults.cpu"),
        ("resources: { defaults: { cpu: 5 }, maximum: { cpu: 4 } }", "resources.defaults.cpu"),
        ("resources: { timeMargin: -1s }", "resources.timeMargin"),
        ("resources: { defaultFlavor: x }", "resources.defaultFlavor"),
        ("resources: { flavors: [{ name: a }, { name: a }] }", "resources.flavors[1].name"),
        ("resources: { flavors: [{ forGPUs: true }] }", "resources.flavors[0].name"),
    ])
    func whatCouldNeverWorkIsToldWithItsKey(yaml: String, key: String) {
        #expect {
            try ConfigurationFile.parse(Sections.self, yaml: yaml)
        } throws: { error in
            (error as? ConfigurationError)?.problems.map(\.key) == [key]
        }
    }
}
