/// Gathers the header fields of one request, and what they say about how to read the rest.
struct HTTPFieldCollector {
    private var fields: [HTTPHeaders.Field] = []
    private var hosts = 0
    private var contentLength: Int?
    private var isChunked = false
    private var closes = false
    private var expectsContinue = false

    init() {
        fields.reserveCapacity(8)
    }

    var count: Int { fields.count }

    /// Reads one line `name: value`. Ranges are kept relative to the first byte of the message.
    mutating func add(_ bytes: [UInt8], _ line: Range<Int>, messageStart: Int) throws(HTTPFault) {
        let first = bytes[line.lowerBound]
        if first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") {
            throw .bad("a header field that goes on in the next line")
        }
        var colon = line.lowerBound
        while colon < line.upperBound, isTokenCharacter(bytes[colon]) { colon += 1 }
        guard colon > line.lowerBound, colon < line.upperBound, bytes[colon] == UInt8(ascii: ":") else {
            throw .bad("a header line that is not name, colon, value")
        }
        var start = colon + 1
        var end = line.upperBound
        while start < end, isBlank(bytes[start]) { start += 1 }
        while start < end, isBlank(bytes[end - 1]) { end -= 1 }
        let name = line.lowerBound..<colon
        try interpret(bytes, name, start..<end)
        fields.append(
            HTTPHeaders.Field(
                name: (name.lowerBound - messageStart)..<(name.upperBound - messageStart),
                value: (start - messageStart)..<(end - messageStart)))
    }

    func headers(_ message: [UInt8]) -> HTTPHeaders {
        HTTPHeaders(bytes: message, fields: fields)
    }

    /// What the fields mean together.
    func finish(
        isVersion11: Bool
    ) throws(HTTPFault) -> (framing: HTTPRequestHead.Framing, keepsAlive: Bool, expectsContinue: Bool) {
        if hosts == 0, isVersion11 { throw .bad("no Host header field") }
        if isChunked {
            if contentLength != nil { throw .bad("both Content-Length and Transfer-Encoding") }
            if !isVersion11 { throw .bad("Transfer-Encoding with HTTP/1.0") }
        }
        let framing: HTTPRequestHead.Framing =
            switch contentLength {
            case _ where isChunked: .chunked
            case let length? where length > 0: .length(length)
            default: .none
            }
        return (framing, isVersion11 && !closes, isVersion11 && expectsContinue)
    }

    private mutating func interpret(_ bytes: [UInt8], _ name: Range<Int>, _ value: Range<Int>) throws(HTTPFault) {
        // Length and first letter tell most fields apart from those that matter here.
        switch (name.count, asciiLowercase(bytes[name.lowerBound])) {
        case (4, UInt8(ascii: "h")) where equals(bytes, name, "host"):
            hosts += 1
            if hosts > 1 { throw .bad("more than one Host header field") }
            if !bytes[value].allSatisfy(isHostCharacter) { throw .bad("the Host header field names no host") }
        case (14, UInt8(ascii: "c")) where equals(bytes, name, "content-length"):
            if contentLength != nil { throw .bad("more than one Content-Length") }
            contentLength = try parseLength(bytes[value])
        case (17, UInt8(ascii: "t")) where equals(bytes, name, "transfer-encoding"):
            if isChunked { throw .bad("more than one Transfer-Encoding") }
            guard equals(bytes, value, "chunked") else {
                if contains(bytes, value, "chunked") { throw .bad("Transfer-Encoding is more than chunked") }
                throw HTTPFault(.notImplemented, "the only Transfer-Encoding that is read is chunked")
            }
            isChunked = true
        case (10, UInt8(ascii: "c")) where equals(bytes, name, "connection"):
            if contains(bytes, value, "close") { closes = true }
        case (6, UInt8(ascii: "e")) where equals(bytes, name, "expect"):
            guard equals(bytes, value, "100-continue") else {
                throw HTTPFault(.expectationFailed, "the only Expect that is met is 100-continue")
            }
            expectsContinue = true
        default:
            break
        }
    }

    /// Digits and nothing else. A number that no Int holds is taken as the largest one, which no limit allows.
    private func parseLength(_ digits: ArraySlice<UInt8>) throws(HTTPFault) -> Int {
        guard !digits.isEmpty else { throw .bad("Content-Length is empty") }
        var length = 0
        var isHuge = false
        for digit in digits {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit else { throw .bad("Content-Length is not a number") }
            let (tens, isTooLarge) = length.multipliedReportingOverflow(by: 10)
            let (sum, isLarger) = tens.addingReportingOverflow(Int(digit) - 0x30)
            isHuge = isHuge || isTooLarge || isLarger
            length = isHuge ? 0 : sum
        }
        return isHuge ? .max : length
    }

    private func equals(_ bytes: [UInt8], _ range: Range<Int>, _ word: StaticString) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { word in
            for offset in 0..<word.count
            where asciiLowercase(bytes[range.lowerBound + offset]) != word[offset] {
                return false
            }
            return true
        }
    }

    /// Whether one of the elements of a list is `word`, with or without parameters.
    private func contains(_ bytes: [UInt8], _ range: Range<Int>, _ word: StaticString) -> Bool {
        bytes[range].split(separator: UInt8(ascii: ",")).contains { element in
            var element = element.prefix { $0 != UInt8(ascii: ";") }.drop(while: isBlank)
            while let last = element.last, isBlank(last) { element.removeLast() }
            return equals(bytes, element.startIndex..<element.endIndex, word)
        }
    }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
