import Foundation
import Glibc

/// A folder for the files of one test, which goes with its last reference.
package final class TemporaryDirectory: Sendable {
    package let root: String

    package init() throws {
        var template = Array("/tmp/interlink-test.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    package func path(_ name: String) -> String { "\(root)/\(name)" }

    /// Writes a file over what was there; its path.
    @discardableResult
    package func write(_ text: String, to name: String, mode: UInt32 = 0o600) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: path(name)))
        guard chmod(path(name), mode) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        return path(name)
    }

    /// What a file holds; empty while there is none.
    package func text(of name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path(name)) ?? Data(), as: UTF8.self)
    }
}
