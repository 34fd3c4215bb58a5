/// Bytes that can be read anywhere: a log, or its time index.
public enum LogBytes: Sendable {
    /// A regular file that this machine sees. It may be missing, and may grow, be truncated or replaced meanwhile.
    /// A symbolic link is refused.
    case file(path: String)
    /// Ranges of bytes from elsewhere, over REST for instance.
    case ranges(any RangedReader)
}

/// Reads ranges of a log that is not a local file.
///
/// ```swift
/// struct StorageFile: RangedReader {
///     let storage: StorageClient, path: String
///
///     func extent() async throws -> LogExtent? {
///         try await storage.properties(of: path).map { LogExtent(size: $0.size, modified: $0.lastModified) }
///     }
///
///     func read(at offset: Int64, count: Int) async throws -> [UInt8] {
///         try await storage.download(path, range: offset..<offset + Int64(count))
///     }
/// }
/// ```
public protocol RangedReader: Sendable {
    /// How much there is now; `nil` while there is nothing yet.
    func extent() async throws -> LogExtent?

    /// At most `count` bytes from `offset` on; none only where the log ends.
    func read(at offset: Int64, count: Int) async throws -> [UInt8]

    /// The shortest pause between two looks while somebody follows the log. Default: two seconds.
    var lookInterval: Duration { get }
}

extension RangedReader {
    /// Two seconds.
    public var lookInterval: Duration { .seconds(2) }
}

/// How much of a log there is.
public struct LogExtent: Sendable, Hashable {
    /// The length in bytes.
    public var size: Int64
    /// When it was last written, in seconds since 1970, where that is known.
    public var modified: Int64?

    /// What there is, as far as it is known.
    public init(size: Int64, modified: Int64? = nil) {
        self.size = size
        self.modified = modified
    }
}
