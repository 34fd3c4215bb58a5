/// Signals by the names that bash's `kill -s` knows: `SIGUSR1` is `USR1`.
enum StopSignalName {
    /// Nil for what is no signal that a program could be ended with.
    static func name(_ text: String) -> String? {
        let name = text.utf8.starts(with: "SIG".utf8) ? String(text.utf8.dropFirst(3)) ?? "" : text
        if names.contains(name) { return name }
        for (beginning, most) in [("RTMIN+", 15), ("RTMAX-", 14)] where name.hasPrefix(beginning) {
            let number = name.dropFirst(beginning.count)
            if let value = Int(number), (1...most).contains(value), "\(value)" == number { return name }
        }
        return nil
    }

    private static let names: Set<String> = [
        "ABRT", "ALRM", "BUS", "CHLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL", "PROF",
        "PWR", "QUIT", "RTMAX", "RTMIN", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU",
        "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ",
    ]
}
