@testable import InterLinkPluginKit

/// What the answer must be, in the simplest words: the whole log in memory, one line after the other.
struct LogReference {
    var log: [UInt8]
    var index: [(second: Int64, offset: Int)]
    var modified: Int64

    func answer(tail: Int?, since: Int64?, timestamps: Bool, limit: Int?) -> [UInt8] {
        var lines: [(bytes: [UInt8], second: Int64)] = []
        var start = 0
        while start < log.count {
            let end = log[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? log.count
            lines.append((Array(log[start..<end]), time(of: start)))
            start = end
        }
        if let since { lines = lines.filter { $0.second >= since } }
        if let tail { lines = lines.suffix(tail) }
        var bytes: [UInt8] = []
        for line in lines {
            if timestamps { bytes += Self.stamp(line.second).utf8 }
            bytes += line.bytes
        }
        return Array(bytes.prefix(limit ?? .max))
    }

    var indexText: [UInt8] { index.flatMap { "\($0.second) \($0.offset)\n".utf8 } }

    private func time(of start: Int) -> Int64 {
        for entry in index where entry.offset > start { return entry.second }
        return max(modified, index.last?.second ?? 0)
    }

    /// Days counted one by one.
    static func stamp(_ second: Int64) -> String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
        var days = second / 86_400
        var year: Int64 = 1970
        while days >= (isLeap(year) ? 366 : 365) {
            days -= isLeap(year) ? 366 : 365
            year += 1
        }
        let lengths: [Int64] = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var month = 0
        while days >= lengths[month] {
            days -= lengths[month]
            month += 1
        }
        let time = [second / 3600 % 24, second / 60 % 60, second % 60].map(two).joined(separator: ":")
        return "\(year)-\(two(Int64(month) + 1))-\(two(days + 1))T\(time).000000000Z "
    }
}
