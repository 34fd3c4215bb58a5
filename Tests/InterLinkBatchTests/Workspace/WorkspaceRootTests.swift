import Glibc
import InterLinkPluginKit
import InterLinkSystem
import Testing

@testable import InterLinkBatch

/// Workspaces are private, whole when they are there, and gone when they are removed.
@Suite struct WorkspaceRootTests {
    private let folder: TestFolder
    private let root: WorkspaceRoot
    private let name: WorkspaceName

    init() throws {
        folder = try TestFolder()
        root = try WorkspaceRoot(folder.at("root/deep"))
        let uid = try #require(PodUID("0b5e0000-0000-4000-8000-000000000001"))
        name = try #require(WorkspaceName(namespace: "science", uid: uid))
    }

    private func file(_ path: String, _ text: String = "x", mode: UInt32 = 0o644) -> WorkspaceFile {
        WorkspaceFile(path: path, contents: Array(text.utf8), mode: mode)
    }

    @Test("everything is private to the user; files have the mode that containers see, whatever the umask")
    func modes() throws {
        let before = umask(0o777)
        defer { umask(before) }
        try root.create(
            name, [file("job.sh", mode: 0o700), file("env/main", mode: 0o600), file("volumes/a/b/c", mode: 0o666)],
            folders: ["volumes/empty"])
        umask(before)
        let path = "root/deep/\(name)"
        #expect(folder.mode("root/deep") == 0o700)
        #expect(folder.mode(path) == 0o700)
        #expect(folder.mode("\(path)/env") == 0o700)
        #expect(folder.mode("\(path)/env/main") == 0o600)
        #expect(folder.mode("\(path)/job.sh") == 0o700)
        #expect(folder.mode("\(path)/volumes/a/b") == 0o755)
        #expect(folder.mode("\(path)/volumes/a/b/c") == 0o666)
        #expect(folder.mode("\(path)/volumes/empty") == 0o755)
        #expect(folder.text("\(path)/volumes/a/b/c") == "x")
    }

    @Test(
        "no file lies outside of its workspace",
        arguments: ["../x", "/x", "a/../../x", "", "a//b", "./x", "a/", "a/b\0c", "."])
    func outside(path: String) throws {
        #expect(throws: WorkspaceError.self) { try root.create(name, [file(path)]) }
        #expect(throws: WorkspaceError.self) { try root.create(name, [], folders: [path]) }
        #expect(try root.names().isEmpty)
        #expect(!folder.exists("root/x"))
    }

    @Test("a new workspace takes the place of what an earlier submission left")
    func again() throws {
        try root.create(name, [file("old")])
        try root.create(name, [file("new")])
        #expect(folder.exists("root/deep/\(name)/new"))
        #expect(!folder.exists("root/deep/\(name)/old"))
    }

    @Test("removing is the same again and again, and leaves nothing")
    func removal() throws {
        try root.create(name, [file("a/b/c"), file("d")])
        for _ in 0..<3 { try root.remove(name) }
        #expect(folder.all() == ["root", "root/deep", "root/deep/.bin", "root/deep/.kept", "root/deep/.new"])
    }

    @Test("what is kept for people holds logs and records, and no secrets; it goes when its time is over")
    func keeping() throws {
        try root.create(name, [file("env/main", "SECRET"), file("logs/main.log"), file("state"), file("volumes/v/s")])
        try root.keep(name)
        #expect(!folder.exists("root/deep/\(name)"))
        #expect(folder.exists("root/deep/.kept/\(name)/logs/main.log"))
        #expect(folder.exists("root/deep/.kept/\(name)/state"))
        #expect(!folder.exists("root/deep/.kept/\(name)/env"))
        #expect(!folder.exists("root/deep/.kept/\(name)/volumes"))
        try root.keep(name)
        try root.removeKept(before: Int64(time(nil)) - 100)
        #expect(folder.exists("root/deep/.kept/\(name)"))
        try root.removeKept(before: Int64(time(nil)) + 100)
        #expect(!folder.exists("root/deep/.kept/\(name)"))
    }

    @Test("what an interruption left is removed at the next start")
    func recovery() throws {
        try folder.makeFolder("root/deep/.new/half/volumes")
        try folder.makeFolder("root/deep/.bin/science-x/old-0/deep")
        try root.recover()
        #expect(folder.all() == ["root", "root/deep", "root/deep/.bin", "root/deep/.kept", "root/deep/.new"])
    }

    @Test("a root that others may write to is refused")
    func openRoot() throws {
        try folder.makeFolder("shared")
        chmod(folder.at("shared"), 0o777)
        #expect(throws: WorkspaceError.self) { try WorkspaceRoot(folder.at("shared")) }
    }

    @Test("namespaces that are no DNS label make no name", arguments: ["", "..", "a/b", "A", "-a", "a.b", "a\0"])
    func namespaces(text: String) throws {
        let uid = try #require(PodUID("abc"))
        #expect(WorkspaceName(namespace: text, uid: uid) == nil)
        #expect(WorkspaceName(namespace: String(repeating: "a", count: 64), uid: uid) == nil)
    }

    @Test("the pod is known again from its workspace; a folder without a pod in the records is a stray")
    func inventory() throws {
        let fixtures = EvidenceFixtures()
        let mark = try fixtures.mark
        let pod = PodFile(mark: mark, pod: try fixtures.pod)
        try root.create(name, [WorkspaceFile(path: PodFile.name, contents: pod.bytes, mode: 0o600)])
        #expect(PodFile(pod.bytes) == pod)
        let known = try WorkspaceInventory(of: root, instance: mark.instance, recorded: [mark.uid])
        #expect(known.pods == [pod])
        #expect(known.strays.isEmpty)
        let lost = try WorkspaceInventory(of: root, instance: mark.instance, recorded: [])
        #expect(lost.pods.isEmpty)
        #expect(lost.strays == [name.description])
        let others = try WorkspaceInventory(of: root, instance: "zzzzzzzz", recorded: [])
        #expect(others.strays.isEmpty)
    }
}
