import InterLinkPluginKit

/// What lies in the root at the start: the workspaces of this plugin, and those that no pod belongs to.
struct WorkspaceInventory: Sendable {
    var pods: [PodFile] = []
    /// Folders of this plugin's marks whose pods the records do not know.
    var strays: [String] = []

    /// Reads the `pod` file of every workspace. Blocks.
    init(of root: WorkspaceRoot, instance: String, recorded: Set<PodUID>) throws {
        for name in try root.names() {
            guard let folder = try? root.open(name), let bytes = try? folder.read(PodFile.name, atMost: PodFile.limit),
                let file = PodFile(bytes), file.mark.instance == instance
            else { continue }
            if recorded.contains(file.mark.uid) { pods.append(file) } else { strays.append(name) }
        }
    }
}
