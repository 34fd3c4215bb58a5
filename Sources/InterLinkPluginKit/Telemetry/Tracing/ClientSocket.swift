import Glibc
import InterLinkSystem

/// A TCP connection to a server, for one request, with a deadline on every wait. It blocks its thread.
struct ClientSocket {
    private let descriptor: FileDescriptor

    static func connect(to address: HTTPAddress, until deadline: ContinuousClock.Instant) throws -> ClientSocket {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = Int32(AI_NUMERICSERV)
        var found: UnsafeMutablePointer<addrinfo>?
        // An address in numbers and the own machine need no name service, which a static executable may not have.
        let host = address.host == "localhost" ? "127.0.0.1" : address.host
        let code = getaddrinfo(host, "\(address.port)", &hints, &found)
        guard code == 0, let first = found else {
            throw SpanExportError("\(address.host): \(String(cString: gai_strerror(code)))", mayRetry: true)
        }
        defer { freeaddrinfo(first) }
        var lastError: (any Error)?
        var next: UnsafeMutablePointer<addrinfo>? = first
        while let candidate = next?.pointee {
            do {
                return try ClientSocket(candidate, authority: address.authority, until: deadline)
            } catch {
                lastError = error
            }
            next = candidate.ai_next
        }
        throw lastError ?? SpanExportError("\(address.host) has no address", mayRetry: true)
    }

    private init(_ address: addrinfo, authority: String, until deadline: ContinuousClock.Instant) throws {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let raw = socket(address.ai_family, type, address.ai_protocol)
        guard raw >= 0 else { throw SystemError("socket", authority) }
        descriptor = FileDescriptor(owning: raw)
        guard Glibc.connect(raw, address.ai_addr, address.ai_addrlen) != 0 else { return }
        guard errno == EINPROGRESS else { throw SystemError("connect", authority) }
        try wait(for: POLLOUT, until: deadline)
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(raw, SOL_SOCKET, SO_ERROR, &code, &length)
        guard code == 0 else { throw SystemError("connect", authority, code: code) }
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
