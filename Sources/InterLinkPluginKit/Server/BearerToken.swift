import Glibc
import InterLinkSystem

/// The secret that clients over a network show, kept in a file.
final class BearerToken: Sendable {
    let path: String
    private let current: Lock<Known>

    private struct Known {
        var token: [UInt8]
        var version: Version
    }

    /// What tells one content of the file from the next without reading it.
    private struct Version: Hashable {
        var device: UInt64
        var inode: UInt64
        var size: Int64
        var seconds: Int
        var nanoseconds: Int

        init(_ status: stat) {
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
            size = Int64(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    /// Reads the token: the file's text without white space around it.
    init(path: String) throws(HTTPListenerError) {
        self.path = path
        current = Lock(try Self.read(path))
    }

    /// Whether a request shows the token. Takes the same time for every wrong one.
    func permits(_ headers: HTTPHeaders) -> Bool {
        let values = headers.values(of: "Authorization")
        guard values.count == 1, let value = values.first else { return false }
        let scheme = "bearer "
        guard value.utf8.count > scheme.utf8.count, value.prefix(scheme.count).lowercased() == scheme else {
            return false
        }
        let shown = Array(value.utf8.dropFirst(scheme.utf8.count))
        let token = current.withLock { $0.token }
        var difference = UInt8(shown.count == token.count ? 0 : 1)
        for (index, byte) in shown.enumerated() { difference |= byte ^ token[index % token.count] }
        return difference == 0
    }

    /// Reads the file again if it is another one, or was changed. Blocks. On an error the token known before stays.
    func refresh() throws(HTTPListenerError) {
        let known = current.withLock { $0.version }
        if let version = Self.version(of: path), version == known { return }
        let fresh = try Self.read(path)
        current.withLock { $0 = fresh }
    }

    private static func version(of path: String) -> Version? {
        var status = stat()
        return stat(path, &status) == 0 ? Version(status) : nil
    }

    private static func read(_ path: String) throws(HTTPListenerError) -> Known {
        let file = FileDescriptor(owning: open(path, O_RDONLY | O_CLOEXEC))
        var status = stat()
        guard file.isOpen, fstat(file.rawValue, &status) == 0 else {
            throw HTTPListenerError("the token file cannot be read", SystemError("open", path))
        }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(file.rawValue, &bytes, bytes.count)
        guard count >= 0 else { throw HTTPListenerError("the token file cannot be read", SystemError("read", path)) }
        let isSpace = { (byte: UInt8) in byte == 0x20 || 0x09...0x0d ~= byte }
        var token = bytes.prefix(count).drop(while: isSpace)
        while let last = token.last, isSpace(last) { token.removeLast() }
        guard !token.isEmpty, count < bytes.count, token.allSatisfy({ 0x21...0x7e ~= $0 }) else {
            throw HTTPListenerError(
                "the token file \(path) must hold one word of visible ASCII characters, at most 4 KB")
        }
        return Known(token: Array(token), version: Version(status))
    }
}
