/// The files of a job that runs where no filesystem is shared: ranges of bytes, by path from the workspace.
public protocol JobFiles: Sendable {
    /// Up to `count` bytes from `offset`; fewer, or none, where the file ends; nil when there is no such file.
    func read(_ path: String, from offset: Int64, count: Int) async throws -> [UInt8]?

    /// How long the file is; nil when there is no such file.
    func size(of path: String) async throws -> Int64?
}
