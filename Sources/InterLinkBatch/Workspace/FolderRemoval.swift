import CLinux
import Glibc
package import InterLinkSystem

/// Removes a tree that somebody else has filled, and may still be filling.
///
/// Nothing is reached by a path: every folder is opened by its name without following a link, moved into the bin, and
/// emptied there. So neither a link, nor a tree that is rebuilt meanwhile, nor one of a thousand levels leads out of the
/// bin or needs more than two descriptors.
package struct FolderRemoval {
    /// How often a folder is emptied again that somebody fills meanwhile.
    private static let rounds = 20

    /// A folder of ours on the filesystem of what is removed.
    private let bin: Folder
    private var waiting: [String] = []
    private var count = 0

    private init(_ bin: Folder) { self.bin = bin }

    /// Takes `name` out of `folder` at once, into a bin that is a new folder of `bins`; it is emptied by `empty`.
    /// False where there is nothing of that name.
    package static func discard(_ name: String, of folder: Folder, into bins: Folder, as bin: String)
        throws(SystemError) -> Bool
    {
        if try bins.folder(bin) == nil { _ = try bins.makeFolder(bin, mode: 0o700) }
        guard let target = try bins.folder(bin) else { throw SystemError("open", bin, code: ENOENT) }
        // What an earlier removal left there has other names.
        for number in 0..<1000 where try !target.holds("old-\(number)") {
            openUp(name, in: folder)
            guard renameat(folder.descriptor.rawValue, name, target.descriptor.rawValue, "old-\(number)") != 0 else {
                return true
            }
            if errno == ENOENT { return false }
            throw SystemError("rename", "\(folder.path)/\(name)")
        }
        throw SystemError("rename", "\(folder.path)/\(name)", code: EEXIST)
    }

    /// Removes a bin with all that is in it.
    package static func empty(_ bin: String, of bins: Folder) throws(SystemError) {
        guard let folder = try bins.folder(bin) else { return }
        var removal = FolderRemoval(folder)
        try removal.run()
        guard unlinkat(bins.descriptor.rawValue, bin, AT_REMOVEDIR) == 0 || errno == ENOENT else {
            throw SystemError("rmdir", "\(bins.path)/\(bin)")
        }
    }

    private mutating func run() throws(SystemError) {
        for _ in 0..<Self.rounds {
            waiting = try bin.names()
            if waiting.isEmpty { return }
            while let name = waiting.popLast() { try remove(name) }
        }
        throw SystemError("rmdir", bin.path, code: EBUSY)
    }

    /// Removes a file of the bin, or empties a folder of it into the bin and removes that.
    private mutating func remove(_ name: String) throws(SystemError) {
        if unlinkat(bin.descriptor.rawValue, name, 0) == 0 || errno == ENOENT { return }
        guard errno == EISDIR || errno == EPERM else { throw SystemError("unlink", "\(bin.path)/\(name)") }
        openUp(name, in: bin)
        guard let folder = try bin.folder(name) else { return }
        for _ in 0..<Self.rounds {
            for inner in try folder.names() { try take(inner, of: folder) }
            if unlinkat(bin.descriptor.rawValue, name, AT_REMOVEDIR) == 0 || errno == ENOENT { return }
            guard errno == ENOTEMPTY || errno == EEXIST else { throw SystemError("rmdir", "\(bin.path)/\(name)") }
        }
        throw SystemError("rmdir", "\(bin.path)/\(name)", code: EBUSY)
    }

    /// Removes a file, or moves a folder into the bin, to be emptied later.
    private mutating func take(_ name: String, of folder: Folder) throws(SystemError) {
        let number = folder.descriptor.rawValue
        if unlinkat(number, name, 0) == 0 || errno == ENOENT { return }
        guard errno == EISDIR || errno == EPERM else { throw SystemError("unlink", "\(folder.path)/\(name)") }
        if unlinkat(number, name, AT_REMOVEDIR) == 0 || errno == ENOENT { return }
        openUp(name, in: folder)
        while true {
            count += 1
            let free = "level-\(count)"
            if try bin.holds(free) { continue }
            guard renameat(number, name, bin.descriptor.rawValue, free) == 0 else {
                if errno == ENOENT { return }
                throw SystemError("rename", "\(folder.path)/\(name)")
            }
            waiting.append(free)
            return
        }
    }
}

/// Lets us into a folder that its owner has closed to himself, and move it. What is no folder, or not ours, stays.
private func openUp(_ name: String, in folder: Folder) { _ = il_open_up_folder(folder.descriptor.rawValue, name) }

extension Folder {
    fileprivate func holds(_ name: String) throws(SystemError) -> Bool {
        var found = stat()
        if fstatat(descriptor.rawValue, name, &found, AT_SYMLINK_NOFOLLOW) == 0 { return true }
        guard errno == ENOENT else { throw SystemError("stat", "\(path)/\(name)") }
        return false
    }
}
