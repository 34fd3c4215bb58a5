import Glibc
import InterLinkBatch
import InterLinkPluginKit
import InterLinkSystem

/// The jobs on the disk: `<folder>/<id>/job`, and beside it what a job's script printed before it had a log. Blocks.
struct QueueFolder: Sendable {
    private static let limit = 1 << 20
    let path: String
    private let folder: Folder
    private let bins: Folder

    init(_ path: String) throws(SystemError) {
        self.path = path
        var built = ""
        for part in path.split(separator: "/") {
            built += "/\(part)"
            if mkdir(built, 0o700) != 0 && errno != EEXIST && errno != EACCES && errno != EROFS {
                throw SystemError("mkdir", built)
            }
        }
        folder = try Folder(trusted: path)
        if let made = try folder.folder(".bin") {
            bins = made
        } else {
            bins = try folder.makeFolder(".bin", mode: 0o700)
        }
    }

    /// All jobs, in the order in which they came. What cannot be read is told.
    func load(unreadable: (String) -> Void) throws(SystemError) -> [LocalJob] {
        for bin in try bins.names() { try FolderRemoval.empty(bin, of: bins) }
        var jobs: [LocalJob] = []
        for name in try folder.names() {
            guard let id = Int(name), let inner = try folder.folder(name) else { continue }
            // A folder without a file is a submission that was not finished, and of which nobody was told.
            guard let bytes = try inner.read("job", atMost: Self.limit) else {
                try remove(id)
                continue
            }
            if let job = LocalJob(bytes), job.id == id { jobs.append(job) } else { unreadable("\(path)/\(name)/job") }
        }
        return jobs.sorted { $0.id < $1.id }
    }

    /// The number after all that were ever given, as far as is known.
    func firstFreeNumber(after jobs: [LocalJob]) throws(SystemError) -> Int {
        let noted = try folder.read("next", atMost: 64).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
        return max(noted ?? 1, (jobs.map(\.id).max() ?? 0) + 1)
    }

    /// Takes a number out of use for good, and makes the folder of its job.
    func add(_ job: LocalJob) throws(SystemError) {
        try folder.replace("next", Array("\(job.id + 1)".utf8), mode: 0o600, isDurable: false)
        let inner = try folder.makeFolder("\(job.id)", mode: 0o700)
        try inner.replace("job", job.bytes, mode: 0o600)
        try folder.sync()
    }

    func write(_ job: LocalJob, isDurable: Bool) throws(SystemError) {
        guard let inner = try folder.folder("\(job.id)") else {
            throw SystemError("open", "\(path)/\(job.id)", code: ENOENT)
        }
        try inner.replace("job", job.bytes, mode: 0o600, isDurable: isDurable)
    }

    func remove(_ id: Int) throws(SystemError) {
        if try FolderRemoval.discard("\(id)", of: folder, into: bins, as: "\(id)") { try folder.sync() }
        try FolderRemoval.empty("\(id)", of: bins)
    }

    /// Where a job's script prints to.
    func output(of id: Int) -> String { "\(path)/\(id)/output" }
}
