import Glibc
import InterLinkSystem

/// Users and groups of this machine's own files, by name or number.
///
/// The C library's name service cannot be used: a static executable has none of its plugins. Accounts of a directory
/// service are given by number.
enum LocalAccounts {
    static func user(_ name: String) throws(HTTPListenerError) -> uid_t {
        try number(of: name, in: "/etc/passwd", kind: "user")
    }

    static func group(_ name: String) throws(HTTPListenerError) -> gid_t {
        try number(of: name, in: "/etc/group", kind: "group")
    }

    private static func number(of name: String, in file: String, kind: String) throws(HTTPListenerError) -> UInt32 {
        // The largest number means "none" to the system.
        if let number = UInt32(name), number != .max { return number }
        for line in try lines(of: file) {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            if fields.count > 2, fields[0] == name, let number = UInt32(fields[2]) { return number }
        }
        throw HTTPListenerError("the \(kind) \(name) is not in \(file); if it exists elsewhere, give its number")
    }

    private static func lines(of path: String) throws(HTTPListenerError) -> [Substring] {
        let file = FileDescriptor(owning: open(path, O_RDONLY | O_CLOEXEC))
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(file.rawValue, &piece, piece.count)
            guard count >= 0 else { throw HTTPListenerError("cannot look up accounts", SystemError("read", path)) }
            if count == 0 { break }
            text += piece.prefix(count)
        }
        return String(decoding: text, as: UTF8.self).split(separator: "\n")
    }
}
