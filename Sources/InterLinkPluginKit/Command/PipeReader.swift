import Glibc
import InterLinkSystem

/// Reads one output of a program to its end, and keeps the first bytes of it.
final class PipeReader: Sendable {
    private let pipe: FileDescriptor
    private let watch: DescriptorWatch
    private let limit: Int
    private let finished = Lock(false)

    init(_ pipe: FileDescriptor, limit: Int, on loop: EventLoop) throws {
        self.pipe = pipe
        self.limit = limit
        watch = try loop.watch(pipe.rawValue)
    }

    var isFinished: Bool { finished.withLock { $0 } }

    /// Reads until every writer has gone, or until `stop`.
    func readAll() async -> CommandOutput {
        var kept: [UInt8] = []
        var isCut = false
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
        defer {
            buffer.deallocate()
            watch.end()
            pipe.close()
            finished.withLock { $0 = true }
        }
        while true {
            let count = read(pipe.rawValue, buffer.baseAddress, buffer.count)
            if count > 0 {
                let room = min(count, limit - kept.count)
                kept.append(contentsOf: buffer[..<room])
                isCut = isCut || room < count
            } else if count < 0, errno == EINTR {
                continue
            } else if count < 0, errno == EAGAIN {
                do { try await watch.readable() } catch { return CommandOutput(bytes: kept, isCut: isCut) }
            } else {
                return CommandOutput(bytes: kept, isCut: isCut)
            }
        }
    }

    /// Ends the reading although somebody still could write.
    func stop() {
        watch.end()
    }
}
