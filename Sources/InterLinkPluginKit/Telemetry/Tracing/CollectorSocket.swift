private import CLinux
import Glibc
import InterLinkSystem

/// A TCP connection to a server, for one request, with a deadline on every wait. It blocks its thread.
struct CollectorSocket {
    private let descriptor: FileDescriptor

    /// Connects to `address`, which messages call `name`.
    init(to address: CollectorAddress, name: String, until deadline: ContinuousClock.Instant) throws {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let raw = socket(address.family, type, 0)
        guard raw >= 0 else { throw SystemError("socket", name) }
        descriptor = FileDescriptor(owning: raw)
        guard address.withPointer({ connect(raw, $0, $1) }) != 0 else { return }
        guard errno == EINPROGRESS else { throw SystemError("connect", name) }
        try wait(for: POLLOUT, until: deadline)
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(raw, SOL_SOCKET, SO_ERROR, &code, &length)
        guard code == 0 else { throw SystemError("connect", name, code: code) }
    }

    func send(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Glibc.send(
                    descriptor.rawValue, bytes.baseAddress?.advanced(by: sent), bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                sent += count
            } else if errno == EAGAIN {
                try wait(for: POLLOUT, until: deadline)
            } else if errno != EINTR {
                throw SystemError("send")
            }
        }
    }

    /// The first line of the answer, without its end.
    func firstLine(until deadline: ContinuousClock.Instant) throws -> String {
        var line: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1024)
        while line.count < 8192 {
            let count = recv(descriptor.rawValue, &chunk, chunk.count, 0)
            if count > 0 {
                line += chunk.prefix(count)
                if let end = line.firstIndex(of: UInt8(ascii: "\r")) {
                    return String(decoding: line[..<end], as: UTF8.self)
                }
            } else if count < 0, errno == EAGAIN {
                try wait(for: POLLIN, until: deadline)
            } else if count == 0 || errno != EINTR {
                throw SpanExportError("the collector closed the connection without an answer", mayRetry: true)
            }
        }
        throw SpanExportError("the collector did not answer in HTTP", mayRetry: true)
    }

    private func wait(for events: Int32, until deadline: ContinuousClock.Instant) throws {
        var entry = pollfd(fd: descriptor.rawValue, events: Int16(events), revents: 0)
        while true {
            let left = (deadline - ContinuousClock.now) / .milliseconds(1)
            guard left > 0 else { throw SpanExportError("the collector did not answer in time", mayRetry: true) }
            if poll(&entry, 1, Int32(min(left, 60_000)) + 1) > 0 { return }
        }
    }
}
