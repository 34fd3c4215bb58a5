import Glibc
import InterLinkSystem

/// An address as the kernel takes and gives it.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length: socklen_t

    var family: Int32 { Int32(storage.ss_family) }

    /// A numeric address, or `localhost`.
    init?(host: String, port: UInt16) {
        length = 0
        var four = sockaddr_in()
        var six = sockaddr_in6()
        if inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            store(four)
        } else if inet_pton(AF_INET6, host, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            store(six)
        } else {
            return nil
        }
    }

    /// A unix socket; nil if the path is too long for one. A leading `@` means the abstract namespace.
    init?(path: String) {
        length = 0
        var unix = sockaddr_un()
        let isAbstract = path.utf8.first == UInt8(ascii: "@")
        let bytes = isAbstract ? [0] + path.utf8.dropFirst() : Array(path.utf8)
        let fits = withUnsafeMutableBytes(of: &unix.sun_path) { space in
            guard bytes.count < space.count else { return false }
            space.copyBytes(from: bytes)
            return true
        }
        guard fits, !bytes.isEmpty else { return nil }
        unix.sun_family = sa_family_t(AF_UNIX)
        store(unix)
        length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count + (isAbstract ? 0 : 1))
    }

    private init() {
        length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    }

    /// The address that a socket is bound to.
    static func local(of descriptor: FileDescriptor) -> SocketAddress? {
        var address = SocketAddress()
        return address.fill { getsockname(descriptor.rawValue, $0, &$1) } == 0 ? address : nil
    }

    /// Accepts a connection; the number of its descriptor, or below zero.
    static func accept(
        _ call: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Int32
    ) -> (descriptor: Int32, peer: SocketAddress) {
        var address = SocketAddress()
        let descriptor = address.fill(call)
        return (descriptor, address)
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    /// Nil for families that are neither unix nor IP.
    var httpAddress: HTTPAddress? {
        switch family {
        case AF_UNIX:
            let prefix = MemoryLayout<sa_family_t>.size
            let path = withUnsafeBytes(of: storage) { bytes in
                Array(bytes[min(prefix, Int(length))..<Int(length)])
            }
            if path.first == 0 { return .unix("@" + String(decoding: path.dropFirst(), as: UTF8.self)) }
            return .unix(String(decoding: path.prefix { $0 != 0 }, as: UTF8.self))
        case AF_INET:
            var four: sockaddr_in = load()
            return .tcp(host: text(AF_INET, &four.sin_addr), port: UInt16(bigEndian: four.sin_port))
        case AF_INET6:
            var six: sockaddr_in6 = load()
            return .tcp(host: text(AF_INET6, &six.sin6_addr), port: UInt16(bigEndian: six.sin6_port))
        default:
            return nil
        }
    }

    private func text(_ family: Int32, _ address: UnsafeRawPointer) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { space in
            guard let base = space.baseAddress,
                inet_ntop(family, address, base, socklen_t(INET6_ADDRSTRLEN)) != nil
            else { return "?" }
            return String(cString: base)
        }
    }

    private mutating func fill<Result>(_ call: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Result) -> Result {
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        defer { self.length = min(length, socklen_t(MemoryLayout<sockaddr_storage>.size)) }
        return withUnsafeMutablePointer(to: &storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, &length) }
        }
    }

    private mutating func store<Address>(_ address: Address) {
        withUnsafeMutableBytes(of: &storage) { storage in
            withUnsafeBytes(of: address) { storage.copyMemory(from: $0) }
        }
        length = socklen_t(MemoryLayout<Address>.size)
    }

    private func load<Address>() -> Address {
        withUnsafeBytes(of: storage) { $0.load(as: Address.self) }
    }
}
