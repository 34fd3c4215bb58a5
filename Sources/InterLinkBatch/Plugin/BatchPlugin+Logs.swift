public import InterLinkPluginKit
import InterLinkSystem

extension BatchPlugin {
    /// The files of a container: this run's log and the one before, each with its time index.
    public func logs(of container: ContainerReference, in job: TrackedJob) async throws -> LogSource {
        if let files = scheduler.files(of: job) {
            return Self.source(container.name, { .ranges(JobFileRanges(files: files, path: $0)) }) {
                try await files.size(of: WorkspaceLayout.log(of: container.name, previous: true)) != nil
            }
        }
        guard let name = WorkspaceName(namespace: job.pod.namespace, uid: job.uid) else {
            throw WorkspaceError.badNamespace(job.pod.namespace)
        }
        // Whoever runs in the job may have put a link in its place.
        _ = try await pool.run { [root] in try root.open(name.description)?.folder(WorkspaceLayout.logs) }
        let folder = root.path(of: name)
        return Self.source(container.name, { .file(path: "\(folder)/\($0)") }) { [pool, root] in
            try await pool.run {
                let logs = try root.open(name.description)?.folder(WorkspaceLayout.logs)
                return try logs?.facts(of: "\(container.name).previous.log") != nil
            }
        }
    }

    private static func source(
        _ container: String, _ bytes: @escaping @Sendable (String) -> LogBytes,
        hasPrevious: @escaping @Sendable () async throws -> Bool
    ) -> LogSource {
        LogSource(
            bytes(WorkspaceLayout.log(of: container)), timeIndex: bytes(WorkspaceLayout.timeIndex(of: container)),
            previous: {
                guard try await hasPrevious() else { return nil }
                return LogSource(
                    bytes(WorkspaceLayout.log(of: container, previous: true)),
                    timeIndex: bytes(WorkspaceLayout.timeIndex(of: container, previous: true)))
            })
    }
}

/// A file of a job as ranges of a log.
private struct JobFileRanges: RangedReader {
    let files: any JobFiles
    let path: String

    func extent() async throws -> LogExtent? {
        try await files.size(of: path).map { LogExtent(size: $0) }
    }

    func read(at offset: Int64, count: Int) async throws -> [UInt8] {
        try await files.read(path, from: offset, count: count) ?? []
    }
}
