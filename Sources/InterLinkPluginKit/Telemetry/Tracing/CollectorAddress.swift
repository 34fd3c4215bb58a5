import Glibc

/// The address of a socket, found without a name service, which a static executable does not have.
enum CollectorAddress: Sendable {
    case four(sockaddr_in)
    case six(sockaddr_in6)

    /// The address of a host that is given in numbers, is this machine, or stands in `hosts`; nil for any other.
    init?(host: String, port: UInt16, hosts: String = "/etc/hosts") {
        if let address = Self(numbers: host == "localhost" ? "127.0.0.1" : host, port: port) {
            self = address
        } else if let numbers = Self.lookUp(host, in: hosts), let address = Self(numbers: numbers, port: port) {
            self = address
        } else {
            return nil
        }
    }

    private init?(numbers: String, port: UInt16) {
        var four = sockaddr_in()
        var six = sockaddr_in6()
        if inet_pton(AF_INET, numbers, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            self = .four(four)
        } else if inet_pton(AF_INET6, numbers, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            self = .six(six)
        } else {
            return nil
        }
    }

    private static func lookUp(_ host: String, in path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 1024)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            let words = text.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            if words.dropFirst().contains(where: { $0.lowercased() == host.lowercased() }) {
                return words.first.map(String.init)
            }
        }
        return nil
    }

    var family: Int32 {
        switch self {
        case .four: AF_INET
        case .six: AF_INET6
        }
    }

    /// Hands the address to a call of the system.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        func hand<Address>(_ address: Address) -> Result {
            withUnsafePointer(to: address) { pointer in
                let length = socklen_t(MemoryLayout<Address>.size)
                return pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
            }
        }
        return switch self {
        case .four(let address): hand(address)
        case .six(let address): hand(address)
        }
    }
}
