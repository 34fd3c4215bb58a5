import Glibc
import InterLinkSystem

/// Writes the head of an answer.
struct HTTPResponseEncoder: Sendable {
    enum Framing {
        case length(Int)
        case chunked
        /// The end of the connection ends the body, or there is none.
        case open
    }

    private let clock = HTTPDateClock()

    func head(of response: HTTPResponse, framing: Framing, closes: Bool) -> [UInt8] {
        var head: [UInt8] = []
        head.reserveCapacity(256)
        head += "HTTP/1.1 ".utf8
        append(response.status.code, to: &head)
        head.append(UInt8(ascii: " "))
        head += response.status.reason.utf8
        head += "\r\nDate: ".utf8
        clock.appendNow(to: &head)
        for (name, value) in response.headers {
            head += "\r\n".utf8
            head += name.utf8
            head += ": ".utf8
            // A line break in a value would begin a header field of somebody else's making.
            for byte in value.utf8 { head.append(byte < 0x20 || byte == 0x7f ? UInt8(ascii: " ") : byte) }
        }
        switch framing {
        case .length(let length):
            head += "\r\nContent-Length: ".utf8
            append(length, to: &head)
        case .chunked:
            head += "\r\nTransfer-Encoding: chunked".utf8
        case .open:
            break
        }
        if closes { head += "\r\nConnection: close".utf8 }
        head += "\r\n\r\n".utf8
        return head
    }

    private func append(_ number: Int, to bytes: inout [UInt8]) {
        if number >= 10 { append(number / 10, to: &bytes) }
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }
}

/// The time as HTTP writes it, made once a second.
private final class HTTPDateClock: Sendable {
    private let last = Lock((second: time_t(0), text: [UInt8]()))

    func appendNow(to bytes: inout [UInt8]) {
        let now = time(nil)
        bytes += last.withLock { last in
            if last.second != now { last = (now, Self.format(now)) }
            return last.text
        }
    }

    private static func format(_ second: time_t) -> [UInt8] {
        var second = second
        var parts = tm()
        gmtime_r(&second, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)])"
        let time = "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
        return Array("\(date) \(Int(parts.tm_year) + 1900) \(time)".utf8)
    }
}
