import Glibc
import InterLinkSystem
import Testing

@testable import InterLinkPluginKit

/// A client that sends the bytes it is told to and takes answers apart by itself.
final class RawClient: Sendable {
    struct Answer: Sendable {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    struct Closed: Error {}

    let descriptor: FileDescriptor
    private let watch: DescriptorWatch
    private let received = Lock<[UInt8]>([])
    private static let patience = Duration.seconds(600)

    init(to address: HTTPAddress, on loop: EventLoop) async throws {
        let target: SocketAddress? =
            switch address {
            case .unix(let path): SocketAddress(path: path)
            case .tcp(let host, let port): SocketAddress(host: host, port: port)
            }
        let end = try #require(target)
        let descriptor = FileDescriptor(
            owning: socket(end.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
        try #require(descriptor.isOpen)
        let code = end.withPointer { Glibc.connect(descriptor.rawValue, $0, $1) }
        guard code == 0 else { throw SystemError("connect") }
        try descriptor.setNonBlocking()
        self.descriptor = descriptor
        watch = try loop.watch(descriptor.rawValue)
    }

    deinit {
        close()
    }

    func close() {
        watch.end()
        descriptor.close()
    }

    /// Says that nothing more will be sent.
    func finishSending() { shutdown(descriptor.rawValue, Int32(SHUT_WR)) }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws {
        var sent = 0
        while sent < bytes.count {
            let count = trySend(bytes, from: sent)
            if count > 0 {
                sent += count
            } else if errno == EAGAIN {
                try await watch.writable(until: .now + Self.patience)
            } else {
                throw Closed()
            }
        }
    }

    /// Sends what fits now; below zero on failure.
    func trySend(_ bytes: [UInt8], from start: Int = 0) -> Int {
        bytes.withUnsafeBytes { bytes in
            Glibc.send(
                descriptor.rawValue, bytes.baseAddress.map { $0 + start }, bytes.count - start, Int32(MSG_NOSIGNAL))
        }
    }

    func get(_ target: String, headers: String = "") async throws -> Answer {
        try await send("GET \(target) HTTP/1.1\r\nHost: test\r\n\(headers)\r\n")
        return try await answer()
    }

    func post(_ target: String, body: [UInt8], headers: String = "") async throws -> Answer {
        try await send("POST \(target) HTTP/1.1\r\nHost: test\r\nContent-Length: \(body.count)\r\n\(headers)\r\n")
        try await send(body)
        return try await answer()
    }

    /// The next answer.
    func answer(hasBody: Bool = true) async throws -> Answer {
        let (status, headers) = try await head()
        var answer = Answer(status: status, headers: headers, body: [])
        guard hasBody else { return answer }
        if headers["transfer-encoding"] == "chunked" {
            while let chunk = try await chunk() { answer.body += chunk }
        } else if let length = headers["content-length"].flatMap(Int.init) {
            answer.body = try await take(length)
        }
        return answer
    }

    /// Status and fields, with the names in lower case.
    func head() async throws -> (status: Int, headers: [String: String]) {
        let lines = try await takeLines()
        let words = try #require(lines.first).split(separator: " ", maxSplits: 2)
        try #require(words.count == 3 && words[0] == "HTTP/1.1")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let colon = try #require(line.firstIndex(of: ":"))
            let name = line[..<colon].lowercased()
            try #require(headers[name] == nil, "\(name) came twice")
            headers[name] = String(line[colon...].dropFirst(2))
        }
        return (try #require(Int(words[1])), headers)
    }

    /// The next chunk of a body, or nil at its end.
    func chunk() async throws -> [UInt8]? {
        var size = ""
        while !size.hasSuffix("\r\n") { size += String(decoding: try await take(1), as: UTF8.self) }
        let count = try #require(Int(size.dropLast(1), radix: 16))
        let bytes = try await take(count)
        #expect(try await take(2) == Array("\r\n".utf8))
        return count == 0 ? nil : bytes
    }

    /// Everything until the server closes.
    func rest() async throws -> String {
        while await receiveMore() {}
        return String(decoding: received.withLock { $0 }, as: UTF8.self)
    }

    /// Whether the server has closed the connection, and nothing is left to be read.
    func isClosed() async -> Bool {
        guard received.withLock({ $0.isEmpty }) else { return false }
        return await !receiveMore()
    }

    private func takeLines() async throws -> [Substring] {
        while true {
            let head = received.withLock { bytes -> [UInt8]? in
                let end = bytes.indices.first { bytes[$0...].starts(with: "\r\n\r\n".utf8) }
                guard let end else { return nil }
                defer { bytes.removeFirst(end + 4) }
                return Array(bytes[..<end])
            }
            if let head { return String(decoding: head, as: UTF8.self).split(separator: "\r\n") }
            guard await receiveMore() else { throw Closed() }
        }
    }

    func take(_ count: Int) async throws -> [UInt8] {
        while received.withLock({ $0.count }) < count {
            guard await receiveMore() else { throw Closed() }
        }
        return received.withLock { bytes in
            defer { bytes.removeFirst(count) }
            return Array(bytes.prefix(count))
        }
    }

    /// False at the end, and when nothing comes for a very long time.
    private func receiveMore() async -> Bool {
        while true {
            var piece = [UInt8](repeating: 0, count: 64 << 10)
            let count = recv(descriptor.rawValue, &piece, piece.count, 0)
            if count > 0 {
                received.withLock { [piece] in $0 += piece.prefix(count) }
                return true
            }
            guard count < 0, errno == EAGAIN else { return false }
            do {
                try await watch.readable(until: .now + Self.patience)
            } catch is CancellationError {
                return false
            } catch {
                Issue.record("the server has sent nothing for \(Self.patience)")
                return false
            }
        }
    }
}
