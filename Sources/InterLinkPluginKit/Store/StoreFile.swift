import CLinux
import Glibc

/// The looks at a file before SQLite may touch it, and the making of a new one.
enum StoreFile {
    /// "ILps", in the header of every file of ours: interLink plugin store.
    static let applicationID: UInt32 = 0x494C_7073

    /// Filesystems on which other machines may hold the same file, by `statfs` number.
    private static let networkFilesystems: [Int64: String] = [
        0x6969: "NFS", 0x517B: "SMB", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB2", 0x5346_414F: "AFS",
        0x6B41_4653: "kAFS", 0x00C3_6400: "Ceph", 0x0BD0_0BD0: "Lustre", 0x4750_4653: "GPFS", 0x1983_0326: "BeeGFS",
        0x6573_5546: "FUSE", 0x0102_1997: "9P", 0x0116_1970: "GFS2", 0x7461_636F: "OCFS2", 0x7375_7245: "Coda",
        0x564C: "NCP", 0xAAD7_AAEA: "PanFS", 0x7665_7A5C: "WekaFS",
    ]

    static func networkFilesystem(number: Int64) -> String? { networkFilesystems[number] }

    static func refuseNetworkFilesystem(of path: String) throws(StoreError) {
        let folder = Self.folder(of: path)
        let number = il_filesystem_type(folder)
        guard number >= 0 else { throw .cannotOpen(path: path, why: String(cString: strerror(errno))) }
        if let kind = networkFilesystem(number: number) { throw .networkFilesystem(path: path, kind: kind) }
    }

    static func exists(_ path: String) -> Bool {
        var found = stat()
        return lstat(path, &found) == 0
    }

    /// Reads the first hundred bytes and the size. SQLite would only find some of this out after it began to write.
    static func inspect(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, why: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var found = stat()
        guard fstat(descriptor, &found) == 0 else {
            throw .cannotOpen(path: path, why: String(cString: strerror(errno)))
        }
        guard found.st_mode & S_IFMT == S_IFREG else { throw .foreign(path: path, why: "not a regular file") }
        var header = [UInt8](repeating: 0, count: 100)
        guard pread(descriptor, &header, header.count, 0) == header.count else {
            throw .damaged(path: path, why: found.st_size == 0 ? "it is empty" : "it is shorter than its header")
        }
        guard header.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw .foreign(path: path, why: "not an SQLite database")
        }
        guard word(header, at: 68) == applicationID else {
            throw .foreign(path: path, why: "an SQLite database of another application")
        }
        let schema = Int(word(header, at: 60))
        guard schema <= Schema.version else { throw .newer(path: path, schema: schema, known: Schema.version) }
        let pageSize = max(512, Int64(header[16]) << 8 | Int64(header[17]) << 16)
        guard Int64(word(header, at: 28)) * pageSize <= Int64(found.st_size) else {
            throw .damaged(path: path, why: "it is shorter than it says")
        }
        if found.st_mode & 0o077 != 0, chmod(path, 0o600) != 0 {
            throw .cannotOpen(path: path, why: "others may read it, and that cannot be changed")
        }
    }

    /// Makes a new file under another name and moves it into place when it is whole and on the disk: a crash on the
    /// way leaves no half-made store behind that a later start would have to refuse.
    static func make(_ path: String) throws(StoreError) {
        let unfinished = path + ".new"
        unlink(unfinished)
        unlink(unfinished + "-journal")
        let descriptor = open(unfinished, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, why: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        try Schema.migrate(try Database(path: unfinished), from: 0)
        guard fsync(descriptor) == 0, rename(unfinished, path) == 0 else {
            throw .cannotOpen(path: path, why: String(cString: strerror(errno)))
        }
        let folder = open(Self.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .cannotOpen(path: path, why: String(cString: strerror(errno))) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw .cannotOpen(path: path, why: String(cString: strerror(errno))) }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func word(_ header: [UInt8], at offset: Int) -> UInt32 {
        header[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
