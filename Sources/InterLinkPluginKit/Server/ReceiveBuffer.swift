import Glibc
import InterLinkSystem

/// What has arrived on a connection and was not used yet.
struct ReceiveBuffer {
    enum Outcome {
        case received(Int)
        case nothingYet
        case closed
    }

    private(set) var bytes: [UInt8] = []
    private(set) var start = 0
    private(set) var end = 0
    /// The last call has taken all there was.
    private var isDrained = false

    private static let smallest = 4 << 10

    var isEmpty: Bool { start == end }
    var count: Int { end - start }

    mutating func consume(_ count: Int) {
        start += count
        if start == end { (start, end) = (0, 0) }
    }

    /// Lets go of what one large request has needed.
    mutating func shrink() {
        if isEmpty, bytes.count > Self.smallest { bytes = [] }
    }

    /// After a wait that has ended.
    mutating func expectMore() {
        isDrained = false
    }

    /// Takes from the socket what is there, without waiting, with room for at least `room` bytes. A broken connection is
    /// a closed one.
    mutating func receive(from socket: ClientSocket, room: Int = smallest / 2) -> Outcome {
        // The loop tells when there is more; only an end that came together with the last bytes is not told again.
        if isDrained, !socket.watch.hasHungUp { return .nothingYet }
        makeRoom(room)
        let end = end
        let descriptor = socket.descriptor.rawValue
        let count = bytes.withUnsafeMutableBytes { bytes in
            var count = 0
            repeat {
                count = recv(descriptor, bytes.baseAddress.map { $0 + end }, bytes.count - end, 0)
            } while count < 0 && errno == EINTR
            return count < 0 && errno == EAGAIN ? -1 : max(count, 0)
        }
        switch count {
        case -1: return .nothingYet
        case 0: return .closed
        default:
            self.end += count
            isDrained = self.end < bytes.count
            return .received(count)
        }
    }

    private mutating func makeRoom(_ room: Int) {
        guard bytes.count - end < room else { return }
        if start > 0 {
            bytes.withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                memmove(base, base + start, end - start)
            }
            (start, end) = (0, end - start)
        }
        let missing = room - (bytes.count - end)
        guard missing > 0 else { return }
        bytes.append(contentsOf: repeatElement(0, count: max(missing, bytes.count, Self.smallest)))
    }
}
