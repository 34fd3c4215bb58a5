import Glibc

/// Times of logs: whole seconds since 1970, since nothing here knows better.
enum LogTime {
    /// The last second that RFC 3339 can tell.
    static let latest: Int64 = 253_402_300_799

    static func now() -> Int64 { Int64(time(nil)) }

    /// What stands before a line: RFC 3339 in UTC with nine digits, as kubelets write it, and a space. The digits are
    /// zeros, because the time is known to a second.
    static func prefix(for second: Int64) -> [UInt8] {
        var instant = time_t(min(max(second, 0), latest))
        var parts = tm()
        gmtime_r(&instant, &parts)
        var text = [CChar](repeating: 0, count: 64)
        let length = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%S.000000000Z ", &parts)
        return text.prefix(length).map { UInt8(bitPattern: $0) }
    }
}
