import Glibc
import InterLinkSystem

/// A collector on a socket: keeps what is posted, and answers what the test wants.
final class Collector: Sendable {
    struct Request: Sendable {
        var head: String
        var body: String
    }

    let port: UInt16
    private let listener: Int32
    private let requests = Lock<[Request]>([])
    private let answer: @Sendable (Int) -> String

    /// `answer` gets the number of the request, from zero, and gives the whole answer.
    init(answer: @escaping @Sendable (Int) -> String = { _ in "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" }) {
        self.answer = answer
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = bind(listener, pointer, length)
                getsockname(listener, pointer, &length)
            }
        }
        listen(listener, 16)
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(listener) }

    var received: [Request] { requests.withLock { $0 } }

    /// Serves so many requests, on a thread of its own, then returns.
    func serve(_ count: Int) async {
        let thread = BlockingPool(name: "collector", threads: 1)
        try? await thread.run { [self] in
            for number in 0..<count { serveOne(number) }
        }
    }

    private func serveOne(_ number: Int) {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        defer { close(client) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let head = text[..<end.lowerBound]
                let length = head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
                    .flatMap { Int($0.dropFirst(16)) }
                if let length, text[end.upperBound...].utf8.count >= length {
                    requests.withLock { $0.append(Request(head: String(head), body: String(text[end.upperBound...]))) }
                    break
                }
            }
            let got = recv(client, &chunk, chunk.count, 0)
            guard got > 0 else { return }
            bytes += chunk.prefix(got)
        }
        let answer = Array(answer(number).utf8)
        _ = send(client, answer, answer.count, Int32(MSG_NOSIGNAL))
    }
}
