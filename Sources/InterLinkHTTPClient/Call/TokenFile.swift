import Glibc
import InterLinkSystem

/// A file that holds one token and nothing else.
enum TokenFile {
    /// More than this is not a token.
    private static let limit = 65_536

    static func read(_ path: String) throws(SystemError) -> String {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw SystemError("open", path) }
        let file = FileDescriptor(owning: number)
        var bytes = [UInt8](repeating: 0, count: limit)
        var count = 0
        while count < limit {
            let got = bytes.withUnsafeMutableBytes {
                Glibc.read(file.rawValue, $0.baseAddress?.advanced(by: count), limit - count)
            }
            if got == 0 { return String(decoding: bytes[..<count], as: UTF8.self) }
            if got > 0 { count += got } else if errno != EINTR { throw SystemError("read", path) }
        }
        throw SystemError("read", path, code: EFBIG)
    }
}
