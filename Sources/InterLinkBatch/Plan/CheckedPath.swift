/// Paths from a pod or a configuration, in one form: no empty parts, no `.`, and never `..`.
///
/// They are taken apart by bytes. By characters a `/` with an accent after it would not be seen as a `/`.
enum CheckedPath {
    /// Why a text is no such path, to follow "it".
    struct Fault: Error, Equatable {
        let why: String
    }

    /// A path below a folder; empty for the folder itself.
    static func relative(_ text: String) throws(Fault) -> String {
        if text.utf8.first == slash { throw Fault(why: "must be relative, without / at its beginning") }
        return try parts(of: text).joined(separator: "/")
    }

    /// A path from the root, `/` for the root itself.
    static func absolute(_ text: String) throws(Fault) -> String {
        guard text.utf8.first == slash else { throw Fault(why: "must begin with /") }
        return "/" + (try parts(of: text).joined(separator: "/"))
    }

    /// Whether a checked path is a folder's own or lies below it.
    static func isInside(_ path: String, _ folder: String) -> Bool {
        folder == "/" || path == folder || path.utf8.starts(with: "\(folder)/".utf8)
    }

    /// A checked path with a checked relative one below it.
    static func join(_ folder: String, _ path: String) -> String {
        path.isEmpty ? folder : folder == "/" ? "/\(path)" : "\(folder)/\(path)"
    }

    /// How many folders a checked path goes down.
    static func depth(_ path: String) -> Int {
        path.utf8.count { $0 == slash }
    }

    /// All folders that a checked relative path goes through: `a` and `a/b` for `a/b/c`.
    static func parents(of path: String) -> [String] {
        path.utf8.indices.filter { path.utf8[$0] == slash }.map { String(path[..<$0]) }
    }

    private static let slash = UInt8(ascii: "/")

    private static func parts(of text: String) throws(Fault) -> [String] {
        if text.utf8.count > 4095 { throw Fault(why: "is longer than 4095 bytes") }
        if text.utf8.contains(0) { throw Fault(why: "must not hold a NUL") }
        let parts = text.utf8.split(separator: slash).map { String(Substring($0)) }.filter { $0 != "." }
        if parts.contains("..") { throw Fault(why: "must not hold ..") }
        if parts.contains(where: { $0.utf8.count > 255 }) { throw Fault(why: "has a part longer than 255 bytes") }
        return parts
    }
}
