private import CLinux
import Glibc
package import InterLinkSystem

/// Tells when local files change, for any number of followers with one inotify descriptor.
///
/// Where it cannot tell (network filesystems, no watches left) it gives no watch, and followers look now and then.
package final class FileWatcher: Sendable {
    private let table: WatchTable
    private let readiness: DescriptorWatch
    private let pool: BlockingPool

    /// Events are waited for on `loop`; what may block, which is to look at paths, is done by `pool`.
    package init(loop: EventLoop, pool: BlockingPool) throws {
        let opened = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard opened >= 0 else { throw SystemError("inotify_init1") }
        let table = WatchTable(FileDescriptor(owning: opened))
        let readiness = try loop.watch(opened)
        self.table = table
        self.readiness = readiness
        self.pool = pool
        Task {
            // Ends with the watch, that is with the watcher, or with the loop.
            while (try? await readiness.readable()) != nil { table.readEvents() }
            table.endAll()
        }
    }

    deinit {
        readiness.end()
    }

    /// Watches the file at `path` until the watch is let go.
    func watch(_ path: String) async -> FileWatch? {
        try? await pool.run { [table] in
            guard Self.localFilesystems.contains(il_filesystem_type(path)) else { return nil }
            return table.add(path)
        }
    }

    /// Where every change passes through this kernel: tmpfs, ext, xfs, btrfs, f2fs, zfs, overlayfs.
    private static let localFilesystems: Set<Int64> = [
        0x0102_1994, 0xEF53, 0x5846_5342, 0x9123_683E, 0xF2F5_2010, 0x2FC1_2FC1, 0x794C_7630,
    ]
}

/// The wish of one follower to hear of changes.
final class FileWatch: Sendable {
    private let signal: ChangeSignal
    private let table: WatchTable
    private let number: Int32

    fileprivate init(_ number: Int32, _ signal: ChangeSignal, _ table: WatchTable) {
        self.number = number
        self.signal = signal
        self.table = table
    }

    deinit {
        table.remove(number, signal)
    }

    /// False once the kernel has given up the watch.
    var isAlive: Bool { signal.isAlive }

    /// Waits until the file has changed since the last wait, or the time has passed.
    func change(within limit: Duration) async throws {
        try await signal.wait(within: limit)
    }
}

/// Who waits for which watch of the kernel; it has one watch a file, however often it is asked.
private final class WatchTable: Sendable {
    private let inotify: FileDescriptor
    private let signals = Lock<[Int32: [ChangeSignal]]>([:])

    init(_ inotify: FileDescriptor) {
        self.inotify = inotify
    }

    func add(_ path: String) -> FileWatch? {
        let changes = IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF | IN_DONT_FOLLOW
        let number = inotify_add_watch(inotify.rawValue, path, UInt32(changes))
        guard number >= 0 else { return nil }
        let signal = ChangeSignal()
        signals.withLock { $0[number, default: []].append(signal) }
        // What happened before the signal was known is not missed.
        signal.raise()
        return FileWatch(number, signal, self)
    }

    /// When another follower adds the same file in this moment, its watch ends with `IN_IGNORED`, and it looks at the
    /// file now and then instead.
    func remove(_ number: Int32, _ signal: ChangeSignal) {
        let isUnused = signals.withLock { signals in
            signals[number]?.removeAll { $0 === signal }
            guard signals[number]?.isEmpty == true else { return false }
            signals[number] = nil
            return true
        }
        if isUnused { inotify_rm_watch(inotify.rawValue, number) }
    }

    func readEvents() {
        let headerSize = MemoryLayout<inotify_event>.size
        withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 8) { buffer in
            while true {
                let count = read(inotify.rawValue, buffer.baseAddress, buffer.count)
                guard count > 0 else { return }
                var position = 0
                while position + headerSize <= count {
                    let event = buffer.loadUnaligned(fromByteOffset: position, as: inotify_event.self)
                    position += headerSize + Int(event.len)
                    report(event)
                }
            }
        }
    }

    func endAll() {
        let all = signals.withLock { signals in
            defer { signals = [:] }
            return signals.values.flatMap(\.self)
        }
        for signal in all { signal.end() }
    }

    private func report(_ event: inotify_event) {
        if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
            // Some events were dropped: anything may have changed.
            for signal in signals.withLock({ $0.values.flatMap(\.self) }) { signal.raise() }
        } else if event.mask & UInt32(IN_IGNORED) != 0 {
            for signal in signals.withLock({ $0.removeValue(forKey: event.wd) }) ?? [] { signal.end() }
        } else {
            for signal in signals.withLock({ $0[event.wd] }) ?? [] { signal.raise() }
        }
    }
}
