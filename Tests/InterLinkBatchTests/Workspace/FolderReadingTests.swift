import Glibc
import InterLinkSystem
import Testing

@testable import InterLinkBatch

/// What jobs leave behind is read with bounds, and never through a link.
@Suite struct FolderReadingTests {
    private let files: TestFolder
    private let folder: Folder

    init() throws {
        files = try TestFolder()
        folder = try Folder(trusted: files.path)
    }

    @Test("a regular file is read; a missing one is nil")
    func regular() throws {
        try files.write("hello", to: "file")
        #expect(try folder.read("file", atMost: 5) == Array("hello".utf8))
        #expect(try folder.read("none", atMost: 5) == nil)
        #expect(try folder.facts(of: "none") == nil)
    }

    @Test("a file that is too long is refused")
    func tooLong() throws {
        try files.write("hello!", to: "file")
        #expect(throws: SystemError.self) { try folder.read("file", atMost: 5) }
    }

    @Test("a link, a pipe, a folder and a device are not read")
    func others() throws {
        try files.write("secret", to: "file")
        try files.link("link", to: files.at("file"))
        try files.link("device", to: "/dev/zero")
        try files.makeFolder("folder")
        mkfifo(files.at("pipe"), 0o600)
        for name in ["link", "device", "folder", "pipe"] {
            #expect(throws: SystemError.self) { try folder.read(name, atMost: 100) }
            #expect(throws: SystemError.self) { try folder.facts(of: name) }
        }
    }

    @Test("a link in the place of a folder is not entered")
    func linkedFolder() throws {
        try files.makeFolder("real")
        try files.link("link", to: files.at("real"))
        #expect(try folder.folder("real") != nil)
        #expect(throws: SystemError.self) { try folder.folder("link") }
    }

    @Test("a replaced file is another one, of the same length even")
    func replaced() throws {
        try folder.replace("file", [1], mode: 0o600)
        let before = try folder.facts(of: "file")
        try folder.replace("file", [2], mode: 0o640)
        #expect(try folder.facts(of: "file") != before)
        #expect(try folder.read("file", atMost: 1) == [2])
        #expect(files.mode("file") == 0o640)
        #expect(files.all() == ["file"])
    }
}
