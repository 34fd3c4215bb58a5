import Glibc
import InterLinkSystem

/// A server on raw sockets that does with each connection what a test says, well-behaved or not.
///
/// Every connection has a thread; nothing of HTTP is done for the test but reading requests.
final class ScriptedServer: Sendable {
    private struct State {
        var connections = 0
        var closed = 0
        var requests: [ReceivedRequest] = []
    }

    let socketPath: String?
    let port: Int
    private let listener: FileDescriptor
    private let state = Lock(State())

    var url: String { "http://127.0.0.1:\(port)" }
    /// Connections accepted so far.
    var connections: Int { state.withLock { $0.connections } }
    /// Connections whose script has ended.
    var closed: Int { state.withLock { $0.closed } }
    /// Requests read so far, of all connections.
    var requests: [ReceivedRequest] { state.withLock { $0.requests } }

    /// Listens on a free port of the loopback, or on `socketPath`.
    init(socketPath: String? = nil, _ script: @escaping @Sendable (ScriptedConnection) -> Void) throws {
        self.socketPath = socketPath
        if let socketPath {
            (listener, port) = (try Self.listen(at: socketPath), 0)
        } else {
            (listener, port) = try Self.listenOnLoopback()
        }
        let (listener, state) = (listener, state)
        try startThread(named: "test-server") {
            while true {
                let number = accept(listener.rawValue, nil, nil)
                guard number >= 0 else { return }
                let descriptor = FileDescriptor(owning: number)
                state.withLock { $0.connections += 1 }
                let connection = ScriptedConnection(descriptor) { request in
                    state.withLock { $0.requests.append(request) }
                }
                try? startThread(named: "test-connection") {
                    script(connection)
                    // A child of another test may have inherited the descriptor: closing alone might not end it.
                    shutdown(descriptor.rawValue, Int32(SHUT_RDWR))
                    descriptor.close()
                    state.withLock { $0.closed += 1 }
                }
            }
        }
    }

    deinit {
        shutdown(listener.rawValue, Int32(SHUT_RDWR))
        if let socketPath { unlink(socketPath) }
    }

    /// Answers each request of each connection the same.
    static func answering(
        socketPath: String? = nil, _ answer: @escaping @Sendable (ReceivedRequest) -> String
    ) throws -> ScriptedServer {
        try ScriptedServer(socketPath: socketPath) { connection in
            while let request = connection.readRequest() { connection.send(answer(request)) }
        }
    }

    private static func listenOnLoopback() throws -> (FileDescriptor, Int) {
        let listener = FileDescriptor(owning: socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutableBytes(of: &address) { bytes -> Int32 in
            guard let address = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            guard bind(listener.rawValue, address, length) == 0, Glibc.listen(listener.rawValue, 256) == 0 else {
                return -1
            }
            return getsockname(listener.rawValue, address, &length)
        }
        guard code == 0 else { throw SystemError("listen", "127.0.0.1") }
        return (listener, Int(in_port_t(bigEndian: address.sin_port)))
    }

    private static func listen(at path: String) throws -> FileDescriptor {
        let listener = FileDescriptor(owning: socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        unlink(path)
        let code = withUnsafeBytes(of: &address) { bytes -> Int32 in
            guard let address = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            return bind(listener.rawValue, address, socklen_t(bytes.count))
        }
        guard code == 0, Glibc.listen(listener.rawValue, 256) == 0 else { throw SystemError("listen", path) }
        return listener
    }
}

/// A request as it came over the wire.
struct ReceivedRequest: Sendable {
    let line: String
    let fields: [String]
    let body: [UInt8]

    /// The value of that field, if it was sent.
    func field(_ name: String) -> String? {
        let prefix = name.lowercased() + ":"
        guard let field = fields.first(where: { $0.lowercased().hasPrefix(prefix) }) else { return nil }
        return String(field.dropFirst(prefix.count).drop { $0 == " " })
    }
}

/// One accepted connection, in the hands of a test.
final class ScriptedConnection: Sendable {
    private let descriptor: FileDescriptor
    private let note: @Sendable (ReceivedRequest) -> Void
    private let unread = Lock([UInt8]())

    init(_ descriptor: FileDescriptor, note: @escaping @Sendable (ReceivedRequest) -> Void) {
        self.descriptor = descriptor
        self.note = note
    }

    /// The next request; `nil` when the client has gone.
    func readRequest() -> ReceivedRequest? {
        var bytes = unread.withLock { $0 }
        while true {
            if let (request, length) = Self.parse(bytes) {
                let rest = Array(bytes[length...])
                unread.withLock { $0 = rest }
                note(request)
                return request
            }
            guard let more = read() else { return nil }
            bytes += more
        }
    }

    /// Bytes as they come; `nil` when the client has gone.
    func read() -> [UInt8]? {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.recv(descriptor.rawValue, &chunk, chunk.count, 0)
        return count > 0 ? Array(chunk[..<count]) : nil
    }

    /// Waits until the client has gone.
    func waitForEnd() {
        while read() != nil {}
    }

    /// Whether all could be written.
    @discardableResult
    func send(_ bytes: some Collection<UInt8>) -> Bool {
        var bytes = Array(bytes)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor.rawValue, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    private static func parse(_ bytes: [UInt8]) -> (ReceivedRequest, length: Int)? {
        guard let end = (0..<bytes.count).first(where: { bytes[$0...].starts(with: "\r\n\r\n".utf8) }) else {
            return nil
        }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n").map(String.init)
        let head = ReceivedRequest(line: lines[0], fields: Array(lines.dropFirst()), body: [])
        let length = end + 4 + (head.field("Content-Length").flatMap { Int($0) } ?? 0)
        guard bytes.count >= length else { return nil }
        return (ReceivedRequest(line: head.line, fields: head.fields, body: Array(bytes[(end + 4)..<length])), length)
    }
}
