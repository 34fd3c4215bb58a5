import Glibc

/// Ports of the loopback address that nothing listens at. Each is given once: pods on one host share its ports.
actor FreePorts {
    static let shared = FreePorts()

    private var next = UInt16.random(in: 20000...28000)

    func take() throws -> Int {
        for _ in 0..<4000 {
            next += 1
            if isFree(next) { return Int(next) }
        }
        throw CaseError("there is no free port")
    }

    private func isFree(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_ANY).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
