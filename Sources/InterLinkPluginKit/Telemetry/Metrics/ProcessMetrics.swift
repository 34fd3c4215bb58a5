import Glibc

/// What Linux knows of this process, under the names that every Prometheus client uses.
extension MetricsRegistry {
    /// Adds memory, processor time, descriptors and start time of this process.
    package func addProcessMetrics() {
        read("process_resident_memory_bytes", help: "Resident memory size in bytes.") {
            let pages = Self.words(of: "/proc/self/statm").dropFirst().first.flatMap { Double($0) }
            return pages.map { [Sample($0 * Double(sysconf(Int32(_SC_PAGESIZE))))] } ?? []
        }
        read("process_open_fds", help: "Number of open file descriptors.") {
            Self.openDescriptors().map { [Sample(Double($0))] } ?? []
        }
        read("process_max_fds", help: "Maximum number of open file descriptors.") {
            var limit = rlimit()
            guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return [] }
            return [Sample(Double(limit.rlim_cur))]
        }
        read(
            "process_cpu_seconds_total", help: "Total user and system CPU time spent in seconds.", kind: .counter
        ) {
            var time = timespec()
            guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return [] }
            return [Sample(Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)]
        }
        let start = Self.startTime()
        read("process_start_time_seconds", help: "Start time of the process since unix epoch in seconds.") {
            start.map { [Sample($0)] } ?? []
        }
    }

    /// Seconds since 1970: the machine's start, and the clock ticks from it to ours.
    private static func startTime() -> Double? {
        // The name of the program, in parentheses, may hold spaces and parentheses itself.
        let stat = text(of: "/proc/self/stat")
        guard let end = stat.lastIndex(of: ")") else { return nil }
        let words = stat[end...].split(separator: " ")
        let boot = text(of: "/proc/stat").split(separator: "\n").first { $0.hasPrefix("btime ") }
        guard words.count > 20, let ticks = Double(words[20]), let boot, let seconds = Double(boot.dropFirst(6)) else {
            return nil
        }
        return seconds + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private static func openDescriptors() -> Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        // Not counted: `.`, `..` and the descriptor of the folder itself.
        var count = -3
        while readdir(folder) != nil { count += 1 }
        return count
    }

    private static func words(of path: String) -> [Substring] { text(of: path).split(separator: " ") }

    private static func text(of path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return String(decoding: text, as: UTF8.self) }
            text += chunk.prefix(count)
        }
    }
}
