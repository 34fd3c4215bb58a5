private import CLinux
import Glibc
import InterLinkSystem

/// A regular file of this machine, read on threads that may block.
struct FileLog: OpenLog {
    private let path: String
    private let pool: BlockingPool
    private let file: OpenFile

    static func open(_ path: String, _ pool: BlockingPool) async throws -> (FileLog, LogExtent)? {
        guard let file = try await pool.run({ try OpenFile(path) }) else { return nil }
        return (FileLog(path: path, pool: pool, file: file), file.extent)
    }

    /// What is in memory is read here and now, at the speed of copying; changing threads for it would cost as much.
    func read(at offset: Int64, count: Int) async throws -> [UInt8] {
        if let cached = file.readCached(at: offset, count: count) { return cached }
        return try await pool.run { try file.read(at: offset, count: count) }
    }

    /// Looks at the path, not at the descriptor: only opening makes a network filesystem ask its server how long the
    /// file is now, and it shows whether the file is still the same.
    func look() async throws -> LogLook {
        try await pool.run {
            guard let found = try OpenFile(path) else { return .here(try file.extentNow()) }
            if found.identity == file.identity { return .here(found.extent) }
            return .replaced(
                finalSize: try file.extentNow().size, by: FileLog(path: path, pool: pool, file: found),
                extent: found.extent)
        }
    }
}

/// A regular file, open for reading. Its calls may block, but for `readCached`.
private struct OpenFile: Sendable {
    struct Identity: Hashable {
        let device: dev_t
        let inode: ino_t
    }

    let path: String
    let identity: Identity
    /// As it was when it was opened.
    let extent: LogExtent
    private let descriptor: FileDescriptor

    /// Returns `nil` where there is no file.
    init?(_ path: String) throws {
        guard !path.utf8.contains(0) else {
            throw LogError.notReadable(path: path, reason: "the path holds a NUL byte")
        }
        // Without O_NONBLOCK a named pipe would keep the thread for ever.
        let opened = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        guard opened >= 0 else {
            switch errno {
            case ENOENT: return nil
            case ELOOP: throw LogError.notReadable(path: path, reason: "it is a symbolic link")
            case let code: throw LogError.notReadable(path: path, reason: String(cString: strerror(code)))
            }
        }
        descriptor = FileDescriptor(owning: opened)
        self.path = path
        let found = try Self.status(of: opened, path)
        guard found.st_mode & S_IFMT == S_IFREG else {
            throw LogError.notReadable(path: path, reason: "it is not a regular file")
        }
        identity = Identity(device: found.st_dev, inode: found.st_ino)
        extent = LogExtent(size: Int64(found.st_size), modified: Int64(found.st_mtim.tv_sec))
    }

    func extentNow() throws -> LogExtent {
        let found = try Self.status(of: descriptor.rawValue, path)
        return LogExtent(size: Int64(found.st_size), modified: Int64(found.st_mtim.tv_sec))
    }

    /// Nil where it is not all in memory.
    func readCached(at offset: Int64, count: Int) -> [UInt8]? {
        var isWhole = true
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = il_read_cached(
                    descriptor.rawValue, buffer.baseAddress?.advanced(by: filled), count - filled,
                    off_t(offset) + filled)
                isWhole = got >= 0
                if got <= 0 { return }
                filled += got
            }
        }
        return isWhole ? bytes : nil
    }

    func read(at offset: Int64, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(
                    descriptor.rawValue, buffer.baseAddress?.advanced(by: filled), count - filled,
                    off_t(offset) + filled)
                if got > 0 {
                    filled += got
                } else if got == 0 {
                    return
                } else if errno != EINTR {
                    throw LogError.notReadable(path: path, reason: String(cString: strerror(errno)))
                }
            }
        }
    }

    private static func status(of descriptor: Int32, _ path: String) throws -> stat {
        var found = stat()
        guard fstat(descriptor, &found) == 0 else {
            throw LogError.notReadable(path: path, reason: String(cString: strerror(errno)))
        }
        return found
    }
}
