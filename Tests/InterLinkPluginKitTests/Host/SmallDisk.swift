import Glibc
import TestSupport

/// A disk of its own that is soon full. It goes with its last reference.
final class SmallDisk: Sendable {
    struct CannotMount: Error, CustomStringConvertible {
        let description: String
    }

    private let mountPoint = "disk"
    private let folder: TemporaryDirectory
    var path: String { folder.path(mountPoint) }

    init(kibibytes: Int) throws {
        folder = try TemporaryDirectory()
        mkdir(folder.path(mountPoint), 0o700)
        guard mount("tmpfs", folder.path(mountPoint), "tmpfs", 0, "size=\(kibibytes)k,mode=0700") == 0 else {
            throw CannotMount(
                description: "a small disk cannot be mounted (\(String(cString: strerror(errno)))): "
                    + "run the tests as root, where mounting is allowed (CAP_SYS_ADMIN)")
        }
    }

    deinit { umount2(folder.path(mountPoint), Int32(MNT_DETACH)) }

    /// Takes all the room that is left, to the last byte.
    func fill() throws {
        let file = open("\(path)/filler", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CannotMount(description: "the disk cannot be filled") }
        defer { close(file) }
        for size in [65_536, 4096, 1] {
            let zeros = [UInt8](repeating: 0, count: size)
            while write(file, zeros, size) > 0 {}
        }
    }

    func makeRoom() { unlink("\(path)/filler") }
}
