import Glibc
import InterLinkSystem
import Synchronization
import TestSupport

@testable import InterLinkPluginKit

extension TemporaryDirectory {
    /// Writes a file, or adds to it, and sets when it was modified.
    @discardableResult
    func write(
        _ bytes: some Collection<UInt8>, to name: String, adding: Bool = false, modified: Int64? = nil
    ) throws -> String {
        let opened = open(path(name), O_WRONLY | O_CREAT | (adding ? O_APPEND : O_TRUNC), 0o600)
        guard opened >= 0 else { throw SystemError("open", path(name)) }
        let descriptor = FileDescriptor(owning: opened)
        let bytes = Array(bytes)
        guard Glibc.write(descriptor.rawValue, bytes, bytes.count) == bytes.count else { throw SystemError("write") }
        if let modified {
            let time = timespec(tv_sec: Int(modified), tv_nsec: 0)
            guard futimens(descriptor.rawValue, [time, time]) == 0 else { throw SystemError("futimens") }
        }
        return path(name)
    }
}

/// Bytes in memory behind the interface of a backend, given in small pieces, with a count of what was read.
final class MemoryLog: RangedReader {
    private let content: Lock<(bytes: [UInt8], modified: Int64?)?>
    private let piece: Int
    let lookInterval = Duration.milliseconds(1)
    private let bytesRead = Atomic(0)

    var readCount: Int { bytesRead.load(ordering: .relaxed) }

    init(_ bytes: [UInt8]?, modified: Int64? = nil, piece: Int = .max) {
        content = Lock(bytes.map { ($0, modified) })
        self.piece = piece
    }

    func change(_ change: @Sendable (inout [UInt8]) -> Void) {
        content.withLock { content in
            var bytes = content?.bytes ?? []
            change(&bytes)
            content = (bytes, content?.modified)
        }
    }

    func extent() async throws -> LogExtent? {
        content.withLock { $0.map { LogExtent(size: Int64($0.bytes.count), modified: $0.modified) } }
    }

    func read(at offset: Int64, count: Int) async throws -> [UInt8] {
        content.withLock { content in
            let bytes = content?.bytes ?? []
            let start = min(Int(offset), bytes.count)
            let end = min(bytes.count, start + min(count, piece))
            bytesRead.add(end - start, ordering: .relaxed)
            return Array(bytes[start..<end])
        }
    }
}

/// Bytes as a stream in pieces.
struct Pieces: AsyncSequence, Sendable {
    typealias Failure = any Error

    let bytes: [UInt8]
    let piece: Int

    struct Iterator: AsyncIteratorProtocol {
        let bytes: [UInt8]
        let piece: Int
        var position = 0

        mutating func next() async throws -> [UInt8]? {
            guard position < bytes.count else { return nil }
            let start = position
            position = Swift.min(bytes.count, start + piece)
            return Array(bytes[start..<position])
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(bytes: bytes, piece: piece) }
}

extension LogReader {
    static func forTests(watcher: FileWatcher? = nil, pace: FollowPace? = nil) -> LogReader {
        LogReader(
            pool: BlockingPool(name: "logs", threads: 2), watcher: watcher,
            pace: pace ?? FollowPace(shortest: .milliseconds(1), longest: .milliseconds(5)))
    }

    /// The whole answer, for queries that end.
    func bytes(_ source: LogSource, _ query: LogQuery) async throws -> [UInt8] {
        try await open(source, query, hasEnded: { true }).reduce(into: []) { $0 += $1 }
    }

    func text(_ source: LogSource, _ query: LogQuery) async throws -> String {
        String(decoding: try await bytes(source, query), as: UTF8.self)
    }
}
