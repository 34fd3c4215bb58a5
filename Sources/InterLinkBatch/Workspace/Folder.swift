package import Glibc
package import InterLinkSystem

/// A folder, held by its descriptor: what is done in it is done in this folder, whatever its path means by then.
///
/// No call follows a symbolic link, and each takes one name, never a path. All of them may block.
package struct Folder: Sendable {
    package let descriptor: FileDescriptor
    /// How it was reached, for messages.
    package let path: String

    /// A folder of the site's own, by a path that is trusted.
    package init(trusted path: String) throws(SystemError) {
        let number = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw SystemError("open", path) }
        self.init(FileDescriptor(owning: number), path)
    }

    private init(_ descriptor: FileDescriptor, _ path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    private var number: Int32 { descriptor.rawValue }

    private func inside(_ name: String) -> String { "\(path)/\(name)" }

    /// A folder in this one, which is no link; nil where there is none.
    package func folder(_ name: String) throws(SystemError) -> Folder? {
        let opened = openat(number, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        if opened < 0 && errno == ENOENT { return nil }
        guard opened >= 0 else { throw SystemError("open", inside(name)) }
        return Folder(FileDescriptor(owning: opened), inside(name))
    }

    /// Makes a folder with exactly this mode, whatever the umask.
    package func makeFolder(_ name: String, mode: mode_t) throws(SystemError) -> Folder {
        guard mkdirat(number, name, 0o700) == 0 else { throw SystemError("mkdir", inside(name)) }
        guard let made = try folder(name) else { throw SystemError("open", inside(name), code: ENOENT) }
        guard fchmod(made.number, mode) == 0 else { throw SystemError("chmod", inside(name)) }
        return made
    }

    /// Writes a new file with exactly this mode, and through to the disk if it is to outlast a loss of power.
    package func writeNew(
        _ name: String, _ bytes: [UInt8], mode: mode_t, isDurable: Bool = true
    ) throws(SystemError) {
        let opened = openat(number, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else { throw SystemError("create", inside(name)) }
        let file = FileDescriptor(owning: opened)
        if let code = writeAll(bytes, to: opened) { throw SystemError("write", inside(name), code: code) }
        guard fchmod(opened, mode) == 0 else { throw SystemError("chmod", inside(name)) }
        guard !isDurable || fsync(opened) == 0 else { throw SystemError("fsync", inside(name)) }
        file.close()
    }

    /// Replaces a file as a whole, and through to the disk if it is to outlast a loss of power.
    package func replace(
        _ name: String, _ bytes: [UInt8], mode: mode_t, isDurable: Bool = true
    ) throws(SystemError) {
        let temporary = ".\(name).new"
        if unlinkat(number, temporary, 0) != 0 && errno != ENOENT { throw SystemError("unlink", inside(temporary)) }
        try writeNew(temporary, bytes, mode: mode, isDurable: isDurable)
        try rename(temporary, to: name, in: self)
        if isDurable { try sync() }
    }

    /// What a regular file holds; nil where there is none. A longer one than `limit` is refused.
    package func read(_ name: String, atMost limit: Int) throws(SystemError) -> [UInt8]? {
        guard let (file, facts) = try openFile(name) else { return nil }
        guard facts.size <= limit else { throw SystemError("read", inside(name), code: EFBIG) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: min(limit, max(facts.size, 4096)) + 1)
        while bytes.count <= limit {
            let count = Glibc.read(file.rawValue, &piece, piece.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += piece[..<count]
            } else if errno != EINTR {
                throw SystemError("read", inside(name))
            }
        }
        throw SystemError("read", inside(name), code: EFBIG)
    }

    /// By what a file is told from an earlier one of its name.
    package struct FileFacts: Hashable, Sendable {
        package let inode: ino_t
        package let size: Int
        package let modified: Int64
        package let nanoseconds: Int
    }

    /// What is known of a regular file without reading it; nil where there is none.
    package func facts(of name: String) throws(SystemError) -> FileFacts? { try openFile(name)?.facts }

    /// Opened and not only looked at: that makes a network filesystem ask its server.
    private func openFile(_ name: String) throws(SystemError) -> (file: FileDescriptor, facts: FileFacts)? {
        // Without O_NONBLOCK a named pipe would hold the thread for ever.
        let opened = openat(number, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        if opened < 0 && errno == ENOENT { return nil }
        guard opened >= 0 else { throw SystemError("open", inside(name)) }
        let file = FileDescriptor(owning: opened)
        var found = stat()
        guard fstat(opened, &found) == 0 else { throw SystemError("fstat", inside(name)) }
        guard found.st_mode & S_IFMT == S_IFREG else { throw SystemError("read", inside(name), code: EINVAL) }
        let facts = FileFacts(
            inode: found.st_ino, size: Int(found.st_size), modified: Int64(found.st_mtim.tv_sec),
            nanoseconds: Int(found.st_mtim.tv_nsec))
        return (file, facts)
    }

    package func rename(_ name: String, to other: String, in folder: Folder) throws(SystemError) {
        guard renameat(number, name, folder.number, other) == 0 else {
            throw SystemError("rename", "\(inside(name)) to \(folder.inside(other))")
        }
    }

    /// The names in it, without `.` and `..`.
    package func names() throws(SystemError) -> [String] {
        // A descriptor of its own, since reading moves its position.
        let opened = openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw SystemError("open", path) }
        guard let stream = fdopendir(opened) else {
            _ = Glibc.close(opened)
            throw SystemError("opendir", path)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw SystemError("readdir", path) }
                return names
            }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
    }

    /// Makes what was created, renamed and removed in it outlast a loss of power.
    package func sync() throws(SystemError) {
        guard fsync(number) == 0 else { throw SystemError("fsync", path) }
    }
}
