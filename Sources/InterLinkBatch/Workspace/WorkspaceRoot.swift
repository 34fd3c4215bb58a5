import Glibc
import InterLinkSystem

/// The folder that all workspaces lie in. Every call may block.
///
/// ```
/// <root>/<namespace>-<uid>/     a workspace
/// <root>/.new/                  workspaces that are being written
/// <root>/.bin/                  what is being removed
/// <root>/.kept/                 logs and records of removed pods, for people, where the site wants that
/// ```
package struct WorkspaceRoot: Sendable {
    package let path: String
    private let folder: Folder
    private let drafts: Folder
    private let bins: Folder
    private let kept: Folder

    /// Opens the root, and makes it where it is missing.
    package init(_ path: String) throws {
        self.path = path
        try Self.make(path)
        folder = try Folder(trusted: path)
        var facts = stat()
        guard fstat(folder.descriptor.rawValue, &facts) == 0 else { throw SystemError("fstat", path) }
        guard facts.st_uid == geteuid() else {
            throw WorkspaceError.unusableRoot(path: path, why: "it belongs to another user; give it to this one")
        }
        guard facts.st_mode & 0o022 == 0 else {
            throw WorkspaceError.unusableRoot(path: path, why: "others may write to it; chmod go-w it")
        }
        drafts = try Self.part(".new", of: folder)
        bins = try Self.part(".bin", of: folder)
        kept = try Self.part(".kept", of: folder)
    }

    private static func make(_ path: String) throws(SystemError) {
        var built = ""
        for part in path.split(separator: "/") {
            built += "/\(part)"
            if mkdir(built, 0o700) != 0 && errno != EEXIST && errno != EACCES && errno != EROFS {
                throw SystemError("mkdir", built)
            }
        }
    }

    private static func part(_ name: String, of folder: Folder) throws(SystemError) -> Folder {
        if let part = try folder.folder(name) { return part }
        return try folder.makeFolder(name, mode: 0o700)
    }

    /// The absolute path of a workspace.
    package func path(of name: WorkspaceName) -> String { "\(path)/\(name)" }

    /// The names of all workspaces.
    package func names() throws -> [String] { try folder.names().filter { !$0.hasPrefix(".") } }

    /// Opens a workspace; nil where there is none.
    func open(_ name: String) throws(SystemError) -> Folder? { try folder.folder(name) }

    /// Makes a workspace with these files and folders, all of them on the disk when it is there. What was there of the same pod, of
    /// a submission that came to nothing, is removed.
    package func create(_ name: WorkspaceName, _ files: [WorkspaceFile], folders: [String] = []) throws {
        let text = name.description
        try remove(text, of: drafts)
        let draft = try drafts.makeFolder(text, mode: 0o700)
        var made: [String: Folder] = ["": draft]
        for file in files {
            let parts = try Self.parts(of: file.path)
            guard let last = parts.last else { throw WorkspaceError.badPath(file.path) }
            let parent = try Self.folder(parts.dropLast(), &made, in: draft)
            try parent.writeNew(last, file.contents, mode: mode_t(file.mode & 0o7777))
        }
        for path in folders { _ = try Self.folder(try Self.parts(of: path)[...], &made, in: draft) }
        for folder in made.values { try folder.sync() }
        try remove(text, of: folder)
        try drafts.rename(text, to: text, in: folder)
        try folder.sync()
        try drafts.sync()
    }

    /// Folders of volumes are open to whoever gets that far, since a container may run as another user; nobody gets past
    /// the workspace itself.
    private static func folder(
        _ parts: ArraySlice<String>, _ made: inout [String: Folder], in root: Folder
    ) throws(SystemError) -> Folder {
        var current = root
        var path = ""
        for part in parts {
            path += "/\(part)"
            if let known = made[path] {
                current = known
            } else {
                let isOpen = path.hasPrefix("/\(WorkspaceLayout.volumes)")
                current = try current.makeFolder(part, mode: isOpen ? 0o755 : 0o700)
                made[path] = current
            }
        }
        return current
    }

    private static func parts(of path: String) throws(WorkspaceError) -> [String] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy(isName) else { throw .badPath(path) }
        return parts
    }

    private static func isName(_ part: String) -> Bool {
        !part.isEmpty && part != "." && part != ".." && part.utf8.count <= 255 && !part.utf8.contains(0)
    }

    /// Removes a workspace. Where there is none that is right, too.
    package func remove(_ name: WorkspaceName) throws {
        try remove(name.description, of: folder)
    }

    /// Removes all of a workspace but its logs and records, and puts it where people may look at it for a while.
    package func keep(_ name: WorkspaceName) throws {
        let text = name.description
        guard let workspace = try open(text) else { return }
        let wanted = [
            WorkspaceLayout.logs, WorkspaceLayout.state, WorkspaceLayout.closing, WorkspaceLayout.supervisorLog,
        ]
        for inner in try workspace.names() where !wanted.contains(inner) { try remove(inner, of: workspace, for: text) }
        try remove(text, of: kept)
        try folder.rename(text, to: text, in: kept)
        try folder.sync()
    }

    /// Removes what an interrupted creation or removal has left. Only before anything else is done.
    package func recover() throws {
        for name in try drafts.names() { try remove(name, of: drafts) }
        for bin in try bins.names() { try FolderRemoval.empty(bin, of: bins) }
    }

    /// Removes what was put aside before this second.
    package func removeKept(before second: Int64) throws {
        for name in try kept.names() {
            var facts = stat()
            guard fstatat(kept.descriptor.rawValue, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            // Moving a folder changes its time of change.
            if Int64(facts.st_ctim.tv_sec) < second { try remove(name, of: kept) }
        }
    }

    private func remove(_ name: String, of folder: Folder, for pod: String? = nil) throws(SystemError) {
        let bin = pod ?? name
        if try FolderRemoval.discard(name, of: folder, into: bins, as: bin) { try folder.sync() }
        try FolderRemoval.empty(bin, of: bins)
    }
}
