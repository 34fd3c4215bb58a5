/// What went wrong with the records, and what to do about it.
public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file is something else than our records.
    case foreign(path: String, why: String)
    /// The file is ours, and broken.
    case damaged(path: String, why: String)
    /// A newer version of this software wrote the file.
    case newer(path: String, schema: Int, known: Int)
    /// Another process holds the records.
    case inUse(path: String, holder: Int32?)
    /// Locks and durability cannot be relied upon on a network filesystem.
    case networkFilesystem(path: String, kind: String)
    case cannotOpen(path: String, why: String)
    /// No room: nothing of the write was kept, and later writes work when there is room again.
    case full(path: String)
    case failed(path: String, why: String)
    /// The records were closed: the host is stopping.
    case closed

    /// The sentence for people.
    public var description: String {
        switch self {
        case .foreign(let path, let why):
            "\(path) is not a record store of an interLink plugin (\(why)); it was left as it is. "
                + "Name another file, or move this one away."
        case .damaged(let path, let why):
            "the record store \(path) is damaged (\(why)); it was left as it is. "
                + "Restore it from a backup, or move it away: running jobs are then no longer known."
        case .newer(let path, let schema, let known):
            "the record store \(path) was written by a newer version (schema \(schema), this one knows up to \(known)); "
                + "it was left as it is. Run the newer version."
        case .inUse(let path, let holder):
            "the record store \(path) is held by "
                + (holder.map { "process \($0)" } ?? "another process") + "; stop it first"
        case .networkFilesystem(let path, let kind):
            "the record store \(path) lies on a network filesystem (\(kind)), where locks and durability cannot be "
                + "relied upon. Choose a local disk, or allow it in the configuration."
        case .cannotOpen(let path, let why): "the record store \(path) cannot be opened: \(why)"
        case .full(let path): "no room left to write to the record store \(path); nothing of this write was kept"
        case .failed(let path, let why): "the record store \(path) failed: \(why)"
        case .closed: "the record store is closed"
        }
    }
}
