import Glibc
import InterLinkSystem
import Synchronization

/// Writes lines to a descriptor, each with one write(2), and never makes the caller wait for a slow reader.
///
/// As long as the reader keeps up, a line is written by whoever logs it, so that nothing is lost when the process dies.
/// When the descriptor is full, lines wait in a bounded queue for a thread that starts then, and what does not fit is
/// dropped and counted.
final class LineWriter: Sendable {
    private struct Backlog {
        var lines: [[UInt8]] = []
        var bytes = 0
        var isServed = false
    }

    /// A pipe that is ready takes this much without blocking, in one piece.
    private static let atomicLength = 4096
    private let descriptor: Int32
    private let limit: Int
    private let backlog = Lock(Backlog())
    /// Set while lines wait, so that no later line overtakes them.
    private let isBehind = Atomic(false)
    private let dropped = Atomic(0)

    init(descriptor: Int32, limit: Int = 1 << 20) {
        self.descriptor = descriptor
        self.limit = limit
    }

    /// Lines that did not fit.
    var droppedLines: Int { dropped.load(ordering: .relaxed) }

    func write(_ line: [UInt8]) {
        if !isBehind.load(ordering: .acquiring), line.count <= Self.atomicLength, isReady(within: 0) {
            if !writeAll(line) { dropped.add(1, ordering: .relaxed) }
            return
        }
        let mustStart = backlog.withLock { backlog in
            guard backlog.bytes + line.count <= limit else {
                dropped.add(1, ordering: .relaxed)
                return false
            }
            backlog.lines.append(line)
            backlog.bytes += line.count
            isBehind.store(true, ordering: .releasing)
            defer { backlog.isServed = true }
            return !backlog.isServed
        }
        guard mustStart else { return }
        do {
            try startThread(named: "log") { [self] in serve() }
        } catch {
            // Without a thread the lines are lost, which is all that can be said without a log.
            backlog.withLock { $0 = Backlog() }
            isBehind.store(false, ordering: .releasing)
        }
    }

    /// Waits until everything is written, but not longer than `limit`.
    func flush(within limit: Duration) async {
        let deadline = ContinuousClock.now + limit
        while isBehind.load(ordering: .acquiring), ContinuousClock.now < deadline, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(2))
        }
    }

    /// The thread that writes what waits; it ends when nothing does.
    private func serve() {
        while true {
            let lines = backlog.withLock { backlog in
                if backlog.lines.isEmpty {
                    backlog.isServed = false
                    isBehind.store(false, ordering: .releasing)
                }
                defer { backlog.lines = [] }
                return backlog.lines
            }
            if lines.isEmpty { return }
            for line in lines {
                if !writeAll(line) { dropped.add(1, ordering: .relaxed) }
                backlog.withLock { $0.bytes -= line.count }
            }
        }
    }

    private func isReady(within milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&entry, 1, milliseconds) == 1 && entry.revents & Int16(POLLOUT) != 0
    }

    /// Writes in one call where the system lets it; whoever set the descriptor non-blocking is waited for.
    private func writeAll(_ line: [UInt8]) -> Bool {
        line.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written > 0 {
                    rest = rest.dropFirst(written)
                } else if written < 0, errno == EAGAIN {
                    _ = isReady(within: 1_000)
                } else if written == 0 || errno != EINTR {
                    return false
                }
            }
            return true
        }
    }
}
