import CLinux
import Glibc

/// The mark that one process holds the records: a lock on a file beside them, which ends with the process.
///
/// The lock belongs to the open file, not to the process as older POSIX locks do: a second open in the same process
/// meets it too, and closing some other descriptor of the file does not lose it.
final class StoreLock: Sendable {
    private let descriptor: Int32

    init(besides path: String) throws(StoreError) {
        let file = path + ".lock"
        descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .cannotOpen(path: file, why: String(cString: strerror(errno))) }
        guard il_lock_file(descriptor) == 0 else {
            let code = errno
            let holder = Self.holder(descriptor)
            Glibc.close(descriptor)
            guard code == EAGAIN || code == EACCES else {
                throw .cannotOpen(path: file, why: String(cString: strerror(code)))
            }
            throw .inUse(path: path, holder: holder)
        }
        let name = Array("\(getpid())\n".utf8)
        // Only a help for people: the lock holds without it, so a full disk here is no reason to stop.
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, name, name.count, 0)
    }

    deinit {
        _ = il_unlock_file(descriptor)
        Glibc.close(descriptor)
    }

    private static func holder(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count].prefix { $0 != 10 }, as: UTF8.self))
    }
}
