import InterLinkAPI
import InterLinkPluginKit
import Testing

@testable import InterLinkBatch

@Suite struct MountPlanTests {
    private func pod(_ mounts: String, volumes: String = "") throws -> CreateRequest {
        try request(
            main: #","volumeMounts":[\#(mounts)]"#,
            spec: #","volumes":[{"name":"v","emptyDir":{}},{"name":"w","emptyDir":{}}\#(volumes)]"#)
    }

    @Test func parentsComeBeforeWhatLiesInThem() throws {
        let container = try firstContainer(
            pod(
                #"""
                {"name":"v","mountPath":"/a/b/c"},{"name":"w","mountPath":"/z"},{"name":"w","mountPath":"/a"},
                {"name":"v","mountPath":"/a/b"}
                """#))
        #expect(container.mounts.map(\.target) == ["/z", "/a", "/a/b", "/a/b/c"])
    }

    @Test(arguments: [("/a//b/./c/", "/a/b/c"), ("data", "/data"), ("/with space/ü:x", "/with space/ü:x")])
    func targetsHaveOneForm(path: String, target: String) throws {
        #expect(try firstContainer(pod(#"{"name":"v","mountPath":"\#(path)"}"#)).mounts.map(\.target) == [target])
    }

    @Test(arguments: [
        (#"{"name":"v","mountPath":"/../etc"}"#, "[0].mountPath is \"/../etc\"; it must not hold .."),
        (#"{"name":"v","mountPath":"/"}"#, "[0].mountPath is the root of the container; mount the volume below it"),
        (#"{"name":"v","mountPath":"/a\u0000b"}"#, "[0].mountPath is \"/a b\"; it must not hold a NUL"),
        (#"{"name":"x","mountPath":"/a"}"#, "[0].name is \"x\", which is no volume of the pod; add the volume"),
        (
            #"{"name":"v","mountPath":"/a"},{"name":"w","mountPath":"/a/"}"#,
            "[1].mountPath is \"/a/\" for a second time; use another path"
        ),
        (
            #"{"name":"v","mountPath":"/a","subPath":"b","subPathExpr":"c"}"#,
            "[0].subPathExpr stands beside subPath; use one of them"
        ),
    ])
    func whatCannotBeMountedIsRefused(mount: String, text: String) throws {
        #expect(try objections(pod(mount)) == ["spec.containers[0].volumeMounts\(text)"])
    }

    @Test func theSitesBindsAreInEveryContainer() throws {
        let pod = try request(
            main: #","volumeMounts":[{"name":"v","mountPath":"/cvmfs"}]"#,
            spec: #","initContainers":[{"name":"i","image":"i"}],"volumes":[{"name":"v","emptyDir":{}}]"#)
        let binds = try ["/cvmfs:/cvmfs:ro", "/site/x:/opt/x"].map { try HostBind(configurationText: $0) }
        let found = try plan(pod) { $0.volumes.binds = binds }
        #expect(
            found.containers.map(\.mounts) == [
                [
                    MountPlan(source: .node("/cvmfs"), target: "/cvmfs", readOnly: true),
                    MountPlan(source: .node("/site/x"), target: "/opt/x", readOnly: false),
                ],
                [
                    MountPlan(source: .workspace("volumes/v"), target: "/cvmfs", readOnly: false),
                    MountPlan(source: .node("/site/x"), target: "/opt/x", readOnly: false),
                ],
            ])
        #expect(found.remarks == ["spec.containers[0].volumeMounts hide the site's /cvmfs"])
    }

    @Test func whatABindCannotDoIsRefusedOrIgnored() throws {
        let pod = try pod(
            #"""
            {"name":"h","mountPath":"/a","mountPropagation":"Bidirectional"},
            {"name":"h","mountPath":"/b","readOnly":true,"recursiveReadOnly":"Enabled"},
            {"name":"h","mountPath":"/c","mountPropagation":"HostToContainer","recursiveReadOnly":"IfPossible"},
            {"name":"v","mountPath":"/d","readOnly":true,"recursiveReadOnly":"Enabled"}
            """#, volumes: #",{"name":"h","hostPath":{"path":"/scratch"}}"#)
        let folder = try HostFolder(configurationText: "/scratch")
        #expect(try objections(pod) { $0.volumes.hostPaths = [folder] }.count == 2)
        let found = try plan(pod) {
            $0.volumes.hostPaths = [folder]
            $0.containers.ignore = [.mountPropagation, .recursiveReadOnly]
        }
        #expect(found.remarks.count == 3)
        #expect(found.containers[0].mounts.map(\.readOnly) == [false, true, false, true])
    }
}
