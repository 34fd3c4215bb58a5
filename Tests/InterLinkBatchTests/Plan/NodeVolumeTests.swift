import InterLinkAPI
import InterLinkPluginKit
import Testing

@testable import InterLinkBatch

@Suite struct NodeVolumeTests {
    private func pod(_ volume: String, mount: String = "") throws -> CreateRequest {
        try request(
            main: #","volumeMounts":[{"name":"v","mountPath":"/v"\#(mount)}]"#,
            spec: #","volumes":[{"name":"v"\#(volume)}]"#)
    }

    // MARK: emptyDir

    @Test func anEmptyDirIsMadeOnTheNode() throws {
        let found = try plan(pod(#","emptyDir":{}"#))
        #expect(found.scratch == [ScratchPlan(path: "volumes/v", inMemory: false, sizeLimit: nil)])
        #expect(
            found.containers[0].mounts == [MountPlan(source: .workspace("volumes/v"), target: "/v", readOnly: false)])
        #expect(try plan(pod("")).scratch == found.scratch)
    }

    @Test func mediumAndSizeAreKept() throws {
        let found = try plan(pod(#","emptyDir":{"medium":"Memory","sizeLimit":"16Mi"}"#, mount: #","readOnly":true"#))
        #expect(found.scratch == [ScratchPlan(path: "volumes/v", inMemory: true, sizeLimit: 16 << 20)])
        #expect(found.containers[0].mounts.map(\.readOnly) == [true])
        #expect(try plan(pod(#","emptyDir":{"sizeLimit":"0"}"#)).scratch.map(\.sizeLimit) == [nil])
    }

    @Test(arguments: [#"{"medium":"HugePages-2Mi"}"#, #"{"sizeLimit":"-1"}"#])
    func otherMediaAreRefused(source: String) throws {
        #expect(try objections(pod(#","emptyDir":\#(source)"#)).count == 1)
    }

    @Test func foldersForSubPathsAreMadeOnce() throws {
        let pod = try request(
            main: #"""
                ,"env":[{"name":"A","value":"x/y"}],"volumeMounts":[{"name":"v","mountPath":"/1","subPath":"a/b"},
                {"name":"v","mountPath":"/2","subPathExpr":"$(A)/$$(A)"},{"name":"v","mountPath":"/3","subPath":"a/b"}]
                """#, spec: #","volumes":[{"name":"v","emptyDir":{}}]"#)
        let found = try plan(pod)
        #expect(found.scratch.first?.folders == ["a/b", "x/y/$(A)"])
    }

    @Test(arguments: [
        ("$(NO)", "is \"$(NO)\", and there is no variable \"NO\"; set the variable before it is used"),
        ("$(SECRET)", "is \"$(SECRET)\"; it must not hold .."),
    ])
    func aSubPathExprIsCheckedAfterItIsReplacedAndShownAsItIsWritten(expression: String, text: String) throws {
        let pod = try request(
            main: #"""
                ,"env":[{"name":"SECRET","value":"../hush"}],
                "volumeMounts":[{"name":"v","mountPath":"/1","subPathExpr":"\#(expression)"}]
                """#, spec: #","volumes":[{"name":"v","emptyDir":{}}]"#)
        #expect(try objections(pod) == ["spec.containers[0].volumeMounts[0].subPathExpr \(text)"])
    }

    // MARK: hostPath

    private func settings(_ settings: inout PlanSettings) {
        settings.volumes.hostPaths = ["/cvmfs:ro", "/scratch", "/cvmfs/rw"].compactMap {
            try? HostFolder(configurationText: $0)
        }
    }

    @Test(
        arguments: [
            ("", HostPathPlan.Requirement.anything), ("Directory", .folder), ("DirectoryOrCreate", .folderOrNew),
            ("File", .file), ("FileOrCreate", .fileOrNew), ("Socket", .socket), ("CharDevice", .characterDevice),
            ("BlockDevice", .blockDevice),
        ] as [(String, HostPathPlan.Requirement)])
    func everyTypeOfHostPathIsKnown(type: String, requirement: HostPathPlan.Requirement) throws {
        let found = try plan(pod(#","hostPath":{"path":"/scratch//a/./b/","type":"\#(type)"}"#), settings)
        #expect(found.hostPaths == [HostPathPlan(path: "/scratch/a/b", in: "/scratch", requirement: requirement)])
        #expect(
            found.containers[0].mounts == [MountPlan(source: .node("/scratch/a/b"), target: "/v", readOnly: false)])
    }

    @Test func aHostPathNeedsNoType() throws {
        let found = try plan(pod(#","hostPath":{"path":"/scratch"}"#), settings)
        #expect(found.hostPaths == [HostPathPlan(path: "/scratch", in: "/scratch", requirement: .anything)])
    }

    @Test(arguments: [
        "/scratchy", "/", "/etc", "/scratch/../etc", "scratch", "", "/scratch/..", "/scratch/../\u{301}x", "/Scratch",
    ])
    func whatLiesElsewhereIsRefused(path: String) throws {
        #expect(try objections(pod(#","hostPath":{"path":"\#(path)"}"#), settings).count == 1)
        #expect(try objections(pod(#","hostPath":{"path":"\#(path)"}"#)).count == 1)
    }

    @Test func anUnknownTypeIsRefused() throws {
        #expect(try objections(pod(#","hostPath":{"path":"/scratch","type":"Pipe"}"#), settings).count == 1)
    }

    @Test func aFolderMayBeForReadingOnly() throws {
        let found = try plan(pod(#","hostPath":{"path":"/cvmfs/a"}"#), settings)
        #expect(found.containers[0].mounts.map(\.readOnly) == [true])
        #expect(found.remarks == ["spec.containers[0].volumeMounts[0] is read-only here"])
        let nearer = try plan(pod(#","hostPath":{"path":"/cvmfs/rw/a"}"#), settings)
        #expect(nearer.containers[0].mounts.map(\.readOnly) == [false])
        #expect(nearer.hostPaths.map(\.root) == ["/cvmfs/rw"])
    }

    @Test func aPartOfAHostPathMustStayInTheFolderThatIsAllowed() throws {
        let found = try plan(pod(#","hostPath":{"path":"/scratch/a"}"#, mount: #","subPath":"b""#), settings)
        #expect(found.hostPaths.map(\.path) == ["/scratch/a", "/scratch/a/b"])
        #expect(found.hostPaths.map(\.root) == ["/scratch", "/scratch"])
        #expect(found.containers[0].mounts.map(\.source) == [.node("/scratch/a/b")])
    }

    // MARK: claims

    private func claims(_ settings: inout PlanSettings) {
        settings.volumes.claims = [
            ("cms/data", "/lustre/data", true, false), ("cms/scratch-*", "/scratch/{namespace}/{claim}", false, true),
            ("home", "/home/{namespace}", false, false),
        ].map { claim, path, readOnly, create in
            var rule = ClaimRule()
            (rule.claim, rule.path, rule.readOnly, rule.create) = (claim, path, readOnly, create)
            return rule
        }
    }

    @Test(
        arguments: [
            ("data", "/lustre/data", "/lustre/data", true, .folder),
            ("scratch-1", "/scratch/cms/scratch-1", "/scratch", false, .folderOrNew),
            ("home", "/home/cms", "/home", false, .folder),
        ] as [(String, String, String, Bool, HostPathPlan.Requirement)])
    func theFirstRuleThatFitsSaysWhereAClaimLies(
        claim: String, path: String, root: String, readOnly: Bool, requirement: HostPathPlan.Requirement
    ) throws {
        let found = try plan(pod(#","persistentVolumeClaim":{"claimName":"\#(claim)"}"#), claims)
        #expect(found.hostPaths == [HostPathPlan(path: path, in: root, requirement: requirement)])
        #expect(found.containers[0].mounts == [MountPlan(source: .node(path), target: "/v", readOnly: readOnly)])
    }

    @Test func aClaimMayBeForReadingOnly() throws {
        let found = try plan(pod(#","persistentVolumeClaim":{"claimName":"home","readOnly":true}"#), claims)
        #expect(found.containers[0].mounts.map(\.readOnly) == [true])
    }

    @Test(arguments: ["other", "scratch-/../../etc", "..", "scratch-..", "", "Scratch"])
    func otherClaimsAreRefused(claim: String) throws {
        #expect(try objections(pod(#","persistentVolumeClaim":{"claimName":"\#(claim)"}"#), claims).count == 1)
    }

    // MARK: other kinds

    @Test func anEphemeralVolumeIsAnEmptyDirWhereTheSiteSaysSo() throws {
        let volume = #","ephemeral":{"volumeClaimTemplate":{"spec":{}}}"#
        #expect(try objections(pod(volume)).count == 1)
        let found = try plan(pod(volume)) { $0.volumes.ephemeralAsEmptyDir = true }
        #expect(found.scratch.map(\.path) == ["volumes/v"])
        #expect(found.remarks == ["spec.volumes[0].ephemeral is an emptyDir here"])
    }

    @Test(arguments: [
        ("nfs", #"{"server":"s","path":"/"}"#), ("csi", #"{"driver":"d"}"#), ("image", #"{"reference":"r"}"#),
        ("iscsi", #"{"iqn":"i","lun":0,"targetPortal":"t"}"#), ("gitRepo", #"{"repository":"r"}"#),
        ("kindOfKubernetes140", "{}"),
    ])
    func kindsThatNoSiteHasAreRefusedByName(kind: String, source: String) throws {
        let found = try objections(pod(#","\#(kind)":\#(source)"#))
        #expect(found.count == 1)
        #expect(
            found.first?.hasPrefix("spec.volumes[0].\(kind) (v) is a kind of volume that this site does not have; ")
                == true
        )
    }

    @Test(arguments: ["../x", "a/b", "", "A", "x\\u0000", ".", "a b"])
    func aVolumeWithAnImpossibleNameIsRefused(name: String) throws {
        let pod = try request(
            main: #","volumeMounts":[{"name":"\#(name)","mountPath":"/v"}]"#,
            spec: #","volumes":[{"name":"\#(name)","emptyDir":{}}]"#)
        #expect(try objections(pod).count == 1)
    }
}
