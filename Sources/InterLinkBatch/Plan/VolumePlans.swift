/// A file that is written into the workspace before the job is submitted. Its path has been checked to stay inside.
package struct WorkspaceFile: Equatable, Sendable {
    /// From the workspace: `volumes/settings/app.conf`.
    package var path: String
    package var contents: [UInt8]
    /// As containers see it.
    package var mode: UInt32

    package init(path: String, contents: [UInt8], mode: UInt32) {
        self.path = path
        self.contents = contents
        self.mode = mode
    }
}

/// Something that a container sees in its own tree.
package struct MountPlan: Equatable, Sendable {
    package enum Source: Equatable, Sendable {
        /// A file or folder of the workspace, from there: `volumes/settings`.
        case workspace(String)
        /// A path of the node.
        case node(String)
    }

    package var source: Source
    /// An absolute path in the container.
    package var target: String
    package var readOnly: Bool

    package init(source: Source, target: String, readOnly: Bool) {
        self.source = source
        self.target = target
        self.readOnly = readOnly
    }
}

/// An emptyDir: made by the script on the node, shared by the containers that mount it.
package struct ScratchPlan: Equatable, Sendable {
    /// From the workspace. With memory a link there points to a folder in `/dev/shm`, which the script removes.
    package var path: String
    package var inMemory: Bool
    /// In bytes. Beyond it the pod is evicted.
    package var sizeLimit: Int?
    /// Folders below it that subPath mounts need.
    package var folders: [String] = []

    package init(path: String, inMemory: Bool, sizeLimit: Int?) {
        self.path = path
        self.inMemory = inMemory
        self.sizeLimit = sizeLimit
    }
}

/// A path of the node that the site allows: a hostPath, a claim, or a part of one. The script checks it on the node.
package struct HostPathPlan: Equatable, Sendable {
    package enum Requirement: Equatable, Sendable {
        /// Whatever is there. Where nothing is, a folder is made, as container runtimes do.
        case anything
        case folder, folderOrNew, file, fileOrNew, socket, characterDevice, blockDevice
    }

    package var path: String
    /// The folder that the site allows. With all links followed, the path must still lie in it.
    package var root: String
    package var requirement: Requirement

    package init(path: String, in root: String? = nil, requirement: Requirement) {
        self.path = path
        self.root = root ?? path
        self.requirement = requirement
    }
}
