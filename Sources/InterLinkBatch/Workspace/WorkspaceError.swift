/// Why a workspace cannot be had.
package enum WorkspaceError: Error, CustomStringConvertible {
    /// The root is not one that a plugin may use.
    case unusableRoot(path: String, why: String)
    /// A file of the plan would lie outside.
    case badPath(String)
    /// The namespace of the pod is no DNS label.
    case badNamespace(String)

    package var description: String {
        switch self {
        case .unusableRoot(let path, let why): "workspace.root \(path): \(why)"
        case .badPath(let path): "\(path.debugDescription) is not a path inside a workspace"
        case .badNamespace(let name): "\(name.debugDescription) is not a namespace: it is no DNS label"
        }
    }
}
