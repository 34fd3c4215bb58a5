import Foundation
import InterLinkPluginKit
import InterLinkSystem
import Testing

@testable import InterLinkBatch

/// What was packed is unpacked by the tools of any machine, to the byte.
@Suite struct WorkspaceArchiveTests {
    private static let names = [
        "job.sh", "volumes/settings/app.conf", "volumes/odd/with space", "volumes/odd/ünï", "volumes/odd/new\nline",
        "volumes/\(String(repeating: "long", count: 40))/\(String(repeating: "x", count: 200))", "volumes/empty",
    ]

    private let folder: TestFolder
    private let files: [WorkspaceFile]

    init() throws {
        folder = try TestFolder()
        files = Self.names.enumerated().map { index, name in
            let text = index == 6 ? "" : String(repeating: "\(name)\0\u{1}", count: 100 * index + 1)
            return WorkspaceFile(path: name, contents: Array(text.utf8), mode: index == 0 ? 0o700 : 0o640)
        }
    }

    private func run(_ program: String, _ arguments: [String]) async throws -> CommandResult {
        var command = Command(program, arguments)
        command.workingDirectory = folder.path
        return try await CommandRunner().run(command)
    }

    private func expectAll(in place: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        for file in files {
            let found = try Data(contentsOf: URL(filePath: folder.at("\(place)/\(file.path)")))
            #expect(Array(found) == file.contents, sourceLocation: sourceLocation)
            #expect(folder.mode("\(place)/\(file.path)") == file.mode, sourceLocation: sourceLocation)
        }
        #expect(folder.mode("\(place)/volumes/settings") == 0o755, sourceLocation: sourceLocation)
        #expect(folder.mode("\(place)/hollow/inner") == 0o700, sourceLocation: sourceLocation)
    }

    @Test("tar unpacks the archive")
    func tar() async throws {
        let archive = try #require(WorkspaceArchive.pack(files, folders: ["hollow/inner"]))
        try Data(archive).write(to: URL(filePath: folder.at("a.tar.gz")))
        try folder.makeFolder("out")
        let result = try await run("tar", ["-xzpf", "a.tar.gz", "-C", "out"])
        #expect(result.succeeded, "\(result.errorOutput.text)")
        #expect(result.errorOutput.text == "")
        try expectAll(in: "out")
    }

    @Test("the same files make the same archive")
    func same() throws {
        #expect(WorkspaceArchive.pack(files, folders: []) == WorkspaceArchive.pack(files, folders: []))
    }

    @Test("the script unpacks it, from within or from beside it, and becomes the job", arguments: [true, false])
    func script(isEmbedded: Bool) async throws {
        var files = files
        files[0].contents = Array("#!/bin/bash\npwd -P >../ran\nexit 7\n".utf8)
        let archive = try #require(WorkspaceArchive.pack(files, folders: ["hollow/inner"]))
        let place = "it's a \"place\""
        if !isEmbedded { try Data(archive).write(to: URL(filePath: folder.at(WorkspaceArchive.fileName))) }
        try folder.write(
            WorkspaceArchive.script(unpackingInto: place, embedding: isEmbedded ? archive : nil), to: "start.sh")
        let result = try await run("bash", ["start.sh"])
        #expect(result.ending == .exited(7), "\(result.errorOutput.text)")
        #expect(folder.text("ran")?.hasSuffix("/\(place)\n") == true)
        for file in files {
            let found = try Data(contentsOf: URL(filePath: folder.at("\(place)/\(file.path)")))
            #expect(Array(found) == file.contents)
        }
    }

    @Test("a broken archive is not run", arguments: [true, false])
    func broken(isEmbedded: Bool) async throws {
        var archive = try #require(WorkspaceArchive.pack(files, folders: []))
        archive.removeLast(archive.count / 2)
        if !isEmbedded { try Data(archive).write(to: URL(filePath: folder.at(WorkspaceArchive.fileName))) }
        try folder.write(
            WorkspaceArchive.script(unpackingInto: "place", embedding: isEmbedded ? archive : nil), to: "start.sh")
        #expect(try await run("bash", ["start.sh"]).ending == .exited(125))
    }
}
