/// A volume of the pod, as its containers can mount it.
enum PlannedVolume: Equatable {
    /// Files that are written into the workspace. Containers never change them.
    case contents(VolumeContents)
    /// A folder of the workspace that is made on the node.
    case scratch(path: String)
    /// A path of the node.
    case node(path: String, root: String, readOnly: Bool)
    /// It was refused; so its mounts need not be.
    case refused
}

/// The files of one volume, while they are gathered. Nothing gets a path outside its folder.
struct VolumeContents: Equatable {
    /// From the workspace: `volumes/settings`.
    let folder: String
    private var files: [String: WorkspaceFile] = [:]
    private var folders: Set<String> = []

    /// `volume` has passed as the name of a volume.
    init(volume: String) { folder = "\(WorkspaceLayout.volumes)/\(volume)" }

    var paths: [String] { files.keys.sorted() }

    func holds(_ path: String) -> Bool { path.isEmpty || files[path] != nil || folders.contains(path) }

    /// The file at a checked path is there, or a folder of it is a file.
    func isBelowFile(_ path: String) -> Bool { CheckedPath.parents(of: path).contains { files[$0] != nil } }

    /// What was added, with the folders that have to be there without a file in them.
    var result: (files: [WorkspaceFile], folders: [String]) {
        (files.sorted { $0.key < $1.key }.map(\.value), [folder] + folders.sorted().map { "\(folder)/\($0)" })
    }

    /// Adds a file, in the place of an earlier one. Throws what is wrong with the path.
    mutating func add(_ text: String, _ contents: [UInt8], mode: UInt32) throws(CheckedPath.Fault) {
        let path = try CheckedPath.relative(text)
        guard !path.isEmpty else { throw CheckedPath.Fault(why: "must not be empty") }
        guard !folders.contains(path) else {
            throw CheckedPath.Fault(why: "must not be the folder of another file")
        }
        guard !isBelowFile(path) else { throw CheckedPath.Fault(why: "must not lie below another file") }
        folders.formUnion(CheckedPath.parents(of: path))
        files[path] = WorkspaceFile(path: "\(folder)/\(path)", contents: contents, mode: mode)
    }

    /// Adds a folder for a mount that names something that is not there, as Kubernetes does.
    mutating func addFolder(_ path: String) {
        folders.formUnion(CheckedPath.parents(of: path) + [path])
    }
}
