import Glibc

extension Store {
    /// Opens the records in a folder, waiting for a while for the process that holds them: it may be on its way out.
    package static func open(
        in state: StateConfiguration, by clock: any TimeSource, metrics: HostMetrics,
        onWait: @Sendable (StoreError) -> Void
    ) async throws -> Store {
        try makeFolder(state.folder)
        let path = state.folder + "/records"
        let end = clock.now + state.handover
        var isWaiting = false
        while true {
            do throws(StoreError) {
                return try await open(at: path, allowsNetworkFilesystem: state.allowNetworkFilesystem) { writes, took in
                    metrics.storeWrites.add(UInt64(writes))
                    metrics.storeWriteDurations.observe(took)
                }
            } catch {
                guard case .inUse = error, clock.now < end else { throw error }
                if !isWaiting { onWait(error) }
                isWaiting = true
            }
            try await clock.sleep(for: .milliseconds(50))
        }
    }

    private static func makeFolder(_ folder: String) throws(StoreError) {
        guard mkdir(folder, 0o700) != 0, errno != EEXIST else { return }
        throw .cannotOpen(path: folder, why: "the folder cannot be made: \(String(cString: strerror(errno)))")
    }
}
