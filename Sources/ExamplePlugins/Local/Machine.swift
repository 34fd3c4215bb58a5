import Glibc

/// What this machine is and has.
struct Machine: Sendable {
    let name: String
    let cpus: Int
    let memory: Int64
    let gpus: Int
    /// Made anew at every start of the machine.
    let boot: String

    /// Reads it. May block.
    init() {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        self.name = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        cpus = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        memory = Int64(max(1, sysconf(Int32(_SC_PHYS_PAGES)))) * Int64(max(1, sysconf(Int32(_SC_PAGESIZE))))
        gpus = (0..<64).count { access("/dev/nvidia\($0)", F_OK) == 0 }
        boot = ProcFile.text("/proc/sys/kernel/random/boot_id")?.split(separator: "\n").first.map(String.init) ?? ""
    }
}

/// Small files of /proc and /sys.
enum ProcFile {
    /// All of it, up to a limit; nil where there is none, or it may not be read.
    static func bytes(_ path: String, atMost limit: Int = 1 << 20) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count < limit {
            let count = read(file, &piece, piece.count)
            if count == 0 { return bytes }
            if count > 0 { bytes += piece[..<count] } else if errno != EINTR { return nil }
        }
        return bytes
    }

    static func text(_ path: String) -> String? { bytes(path).map { String(decoding: $0, as: UTF8.self) } }

    static func write(_ text: String, to path: String) -> Bool {
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        let bytes = Array(text.utf8)
        return Glibc.write(file, bytes, bytes.count) == bytes.count
    }
}
