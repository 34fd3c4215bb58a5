import Foundation
import Glibc
import InterLinkSystem

/// A folder for one test, removed with it, whatever it holds.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/interlink-batch.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        // Folders of mode 000 do not stop root, and others remove what they have made.
        try? FileManager.default.removeItem(atPath: path)
    }

    func at(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: at(name), atomically: false, encoding: .utf8)
    }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: at(name), withIntermediateDirectories: true)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: at(name), withDestinationPath: target)
    }

    func exists(_ name: String) -> Bool { access(at(name), F_OK) == 0 }

    func text(_ name: String) -> String? { try? String(contentsOfFile: at(name), encoding: .utf8) }

    func mode(_ name: String) -> UInt32 {
        var found = stat()
        return lstat(at(name), &found) == 0 ? found.st_mode & 0o7777 : 0
    }

    /// All that is below, hidden things too.
    func all() -> [String] { (try? FileManager.default.subpathsOfDirectory(atPath: path))?.sorted() ?? [] }
}

extension TestFolder {
    func move(_ name: String, to other: String) throws {
        guard rename(at(name), at(other)) == 0 else { throw SystemError("rename", name) }
    }
}
