/// Takes a chunked body apart, strictly, as its bytes arrive.
struct ChunkedDecoder {
    private enum Position {
        case size
        case sizeExtension
        case sizeLineFeed
        case data
        case dataReturn
        case dataLineFeed
        case trailerStart
        case trailer
        case trailerLineFeed
        case lastLineFeed
        case end
    }

    private let limits: HTTPLimits
    private var position = Position.size
    private var digits = 0
    private var remaining = 0
    /// Bytes of sizes, extensions and trailers since the last data, which carry nothing for us.
    private var overhead = 0
    private var total = 0

    init(limits: HTTPLimits) {
        self.limits = limits
    }

    var isComplete: Bool { position == .end }

    /// Reads `bytes[range]`, adds what it carries to `body`, and returns how many bytes belonged to this message.
    mutating func decode(
        _ bytes: [UInt8], _ range: Range<Int>, into body: inout [UInt8]
    ) throws(HTTPFault) -> Int {
        var index = range.lowerBound
        while index < range.upperBound, position != .end {
            if position == .data {
                let count = min(remaining, range.upperBound - index)
                body.append(contentsOf: bytes[index..<(index + count)])
                index += count
                remaining -= count
                if remaining == 0 { position = .dataReturn }
                continue
            }
            try step(bytes[index])
            index += 1
        }
        return index - range.lowerBound
    }

    private mutating func step(_ byte: UInt8) throws(HTTPFault) {
        overhead += 1
        if overhead > limits.head { throw .bad("too much between the chunks of the body") }
        switch position {
        case .size:
            if let value = hexValue(byte) {
                digits += 1
                // 15 digits fit every Int; leading zeros beyond them are not worth understanding.
                guard digits <= 15 else { throw .bad("the size of a chunk is too long") }
                remaining = remaining << 4 | value
            } else {
                guard digits > 0 else { throw .bad("the size of a chunk is not a hexadecimal number") }
                try endSize(byte)
            }
        case .sizeExtension:
            if byte == UInt8(ascii: "\r") {
                position = .sizeLineFeed
            } else {
                try refuseControl(byte)
            }
        case .sizeLineFeed:
            try expectLineFeed(byte)
            position = remaining == 0 ? .trailerStart : .data
        case .data, .end:
            break
        case .dataReturn:
            guard byte == UInt8(ascii: "\r") else { throw .bad("a chunk is longer than its size") }
            position = .dataLineFeed
        case .dataLineFeed:
            try expectLineFeed(byte)
            // One byte a chunk is slow but not wrong: what counts against the limit is overhead without data.
            overhead = 0
            digits = 0
            position = .size
        case .trailerStart:
            if byte == UInt8(ascii: "\r") {
                position = .lastLineFeed
            } else {
                guard isTokenCharacter(byte) else { throw .bad("a trailer that is not name, colon, value") }
                position = .trailer
            }
        case .trailer:
            if byte == UInt8(ascii: "\r") {
                position = .trailerLineFeed
            } else {
                try refuseControl(byte)
            }
        case .trailerLineFeed:
            try expectLineFeed(byte)
            position = .trailerStart
        case .lastLineFeed:
            try expectLineFeed(byte)
            position = .end
        }
    }

    private mutating func endSize(_ byte: UInt8) throws(HTTPFault) {
        switch byte {
        case UInt8(ascii: "\r"): position = .sizeLineFeed
        case UInt8(ascii: ";"): position = .sizeExtension
        default: throw .bad("the size of a chunk is not a hexadecimal number")
        }
        let (sum, overflows) = total.addingReportingOverflow(remaining)
        guard !overflows, sum <= limits.body else {
            throw HTTPFault(.contentTooLarge, "the body is larger than \(limits.body) bytes")
        }
        total = sum
    }

    private func expectLineFeed(_ byte: UInt8) throws(HTTPFault) {
        guard byte == UInt8(ascii: "\n") else { throw .bad("a CR without LF between the chunks of the body") }
    }

    private func refuseControl(_ byte: UInt8) throws(HTTPFault) {
        guard byte >= 0x20 && byte != 0x7f || byte == UInt8(ascii: "\t") else {
            throw .bad("a control character between the chunks of the body")
        }
    }
}
