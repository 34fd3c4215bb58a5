/// Why a log cannot be given.
public enum LogError: Error, Hashable, CustomStringConvertible {
    /// The container has had one run only, or its backend keeps no earlier one.
    case noPreviousRun
    /// What lies at the path is not a log that the plugin may read.
    case notReadable(path: String, reason: String)

    /// What to tell whoever asked.
    public var description: String {
        switch self {
        case .noPreviousRun: "there is no log of a previous run of this container"
        case .notReadable(let path, let reason): "the log \(path) cannot be read: \(reason)"
        }
    }
}
