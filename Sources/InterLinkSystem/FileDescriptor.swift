import Glibc
import Synchronization

/// An open descriptor and the duty to close it, exactly once: by `close()`, or when the last reference goes.
///
/// Whoever calls `close()` must know that nobody else uses the descriptor any more; a number that was closed is given
/// to the next file that is opened. After `close()` the raw value is -1, which every call refuses.
package final class FileDescriptor: Sendable, CustomStringConvertible {
    private let value: Atomic<Int32>

    /// Takes over an open descriptor.
    package init(owning rawValue: Int32) {
        value = Atomic(rawValue)
    }

    deinit {
        close()
    }

    /// The number for system calls, or -1 after `close()`.
    package var rawValue: Int32 { value.load(ordering: .relaxed) }

    package var isOpen: Bool { rawValue >= 0 }

    package func close() {
        let open = value.exchange(-1, ordering: .relaxed)
        if open >= 0 { _ = Glibc.close(open) }
    }

    /// Makes calls on it return `EAGAIN` where they would wait.
    package func setNonBlocking() throws(SystemError) {
        let flags = fcntl(rawValue, F_GETFL)
        guard flags >= 0, fcntl(rawValue, F_SETFL, flags | O_NONBLOCK) == 0 else {
            throw SystemError("fcntl", description)
        }
    }

    package var description: String { "descriptor \(rawValue)" }
}
