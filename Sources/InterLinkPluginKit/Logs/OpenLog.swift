import InterLinkSystem

/// A log that was found: what can be read of it, however much it changes meanwhile.
protocol OpenLog: Sendable {
    /// At most `count` bytes from `offset` on: fewer or none only where it ends.
    func read(at offset: Int64, count: Int) async throws -> [UInt8]

    /// What there is now.
    func look() async throws -> LogLook
}

/// What became of an open log.
enum LogLook: Sendable {
    case here(LogExtent)
    /// Another log lies at its place. The open one will not grow beyond `finalSize`.
    case replaced(finalSize: Int64, by: any OpenLog, extent: LogExtent)
}

/// Opens logs wherever they are.
struct LogOpener: Sendable {
    let pool: BlockingPool

    /// Returns `nil` where there is nothing yet.
    func open(_ bytes: LogBytes) async throws -> (log: any OpenLog, extent: LogExtent)? {
        switch bytes {
        case .file(let path):
            guard let (log, extent) = try await FileLog.open(path, pool) else { return nil }
            return (log, extent)
        case .ranges(let reader):
            guard let extent = try await reader.extent() else { return nil }
            return (RangedLog(reader: reader), extent)
        }
    }
}

/// Ranges from a backend. One that has vanished has no bytes.
private struct RangedLog: OpenLog {
    let reader: any RangedReader

    /// Servers may cap what they give at once, so one answer is not taken for all there is.
    func read(at offset: Int64, count: Int) async throws -> [UInt8] {
        var bytes = try await reader.read(at: offset, count: count)
        while bytes.count < count {
            let more = try await reader.read(at: offset + Int64(bytes.count), count: count - bytes.count)
            if more.isEmpty { break }
            bytes += more
        }
        return bytes
    }

    func look() async throws -> LogLook {
        .here(try await reader.extent() ?? LogExtent(size: 0))
    }
}
