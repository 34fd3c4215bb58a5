private import CLinux
import Glibc
import InterLinkSystem

/// The client has left, or takes nothing any more.
struct HTTPClientGone: Error {}

/// The socket of one connection, for sending.
struct ClientSocket: Sendable {
    let descriptor: FileDescriptor
    let watch: DescriptorWatch
    let writeTime: Duration

    /// Sends three pieces as if they were one, in one call if the client takes them.
    func send(_ first: [UInt8], _ second: [UInt8] = [], _ third: [UInt8] = []) async throws {
        let total = first.count + second.count + third.count
        var sent = 0
        while sent < total {
            switch sendOnce(first, second, third, from: sent) {
            case let count where count > 0:
                sent += count
            case -Int(EAGAIN):
                do {
                    try await watch.writable(until: .now + writeTime)
                } catch WaitError.timedOut {
                    throw HTTPClientGone()
                }
            default:
                throw HTTPClientGone()
            }
        }
    }

    /// Sends what fits, without waiting. Returns the number of bytes, or the error number below zero.
    private func sendOnce(_ first: [UInt8], _ second: [UInt8], _ third: [UInt8], from offset: Int) -> Int {
        first.withUnsafeBytes { first in
            second.withUnsafeBytes { second in
                third.withUnsafeBytes { third in
                    withUnsafeTemporaryAllocation(of: iovec.self, capacity: 3) { pieces in
                        var skipped = offset
                        var count = 0
                        for piece in [first, second, third] {
                            let skip = min(skipped, piece.count)
                            skipped -= skip
                            guard piece.count > skip, let base = piece.baseAddress else { continue }
                            pieces[count] = iovec(
                                iov_base: UnsafeMutableRawPointer(mutating: base + skip), iov_len: piece.count - skip)
                            count += 1
                        }
                        let sent = il_send_pieces(descriptor.rawValue, pieces.baseAddress, count)
                        return sent < 0 ? -Int(errno) : sent
                    }
                }
            }
        }
    }

    /// Tells the client that nothing more comes.
    func shutDownSending() {
        shutdown(descriptor.rawValue, Int32(SHUT_WR))
    }
}
