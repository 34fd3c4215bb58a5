/// What the first lines of a request say.
struct HTTPRequestHead: Sendable {
    enum Framing: Hashable, Sendable {
        case none
        case length(Int)
        case chunked
    }

    var method: HTTPMethod
    var path: String
    var query: String?
    var headers: HTTPHeaders
    var framing: Framing
    /// HTTP/1.1, else 1.0.
    var isVersion11: Bool
    var keepsAlive: Bool
    var expectsContinue: Bool
    /// Bytes up to and with the empty line.
    var size: Int
}

/// Reads the head of a request, strictly, as its bytes arrive.
///
/// Whatever two readers could understand differently is refused: such requests are how one request is smuggled inside
/// another. Every byte is looked at once, each line when it is complete.
struct HTTPRequestParser {
    private let limits: HTTPLimits
    /// Offsets from the first byte of the message.
    private var scanned = 0
    private var lineStart = 0
    private var requestLine: RequestLine?
    private var fields = HTTPFieldCollector()

    private struct RequestLine {
        let method: HTTPMethod
        let target: HTTPTarget
        let isVersion11: Bool
    }

    init(limits: HTTPLimits) {
        self.limits = limits
    }

    /// Whether some of a request was seen.
    var hasBegun: Bool { scanned > 0 }

    /// Reads on. `bytes[start..<end]` is all that has arrived since the message began.
    ///
    /// Returns nil while the head is incomplete. After a head the parser is ready for the next message.
    mutating func parse(_ bytes: [UInt8], from start: Int, to end: Int) throws(HTTPFault) -> HTTPRequestHead? {
        while let lineEnd = try findLineEnd(bytes, from: start, to: end) {
            let line = (start + lineStart)..<lineEnd
            lineStart = lineEnd + 2 - start
            scanned = lineStart
            try checkSize(lineStart)
            guard let requestLine else {
                requestLine = try parseRequestLine(bytes, line)
                continue
            }
            guard line.isEmpty else {
                if fields.count == limits.headerFields {
                    throw HTTPFault(.headerFieldsTooLarge, "more than \(limits.headerFields) header fields")
                }
                try fields.add(bytes, line, messageStart: start)
                continue
            }
            let head = try fields.finish(isVersion11: requestLine.isVersion11)
            defer { self = HTTPRequestParser(limits: limits) }
            return HTTPRequestHead(
                method: requestLine.method, path: requestLine.target.path, query: requestLine.target.query,
                headers: fields.headers(Array(bytes[start..<lineEnd])), framing: head.framing,
                isVersion11: requestLine.isVersion11, keepsAlive: head.keepsAlive,
                expectsContinue: head.expectsContinue, size: lineStart)
        }
        try checkSize(end - start)
        return nil
    }

    private func checkSize(_ size: Int) throws(HTTPFault) {
        if requestLine == nil, size > limits.requestLine + 2 {
            throw HTTPFault(.uriTooLong, "the request line is longer than \(limits.requestLine) bytes")
        }
        if size > limits.head {
            throw HTTPFault(.headerFieldsTooLarge, "the header is larger than \(limits.head) bytes")
        }
    }

    /// The position of the CR that ends the current line. Refuses every control character on the way.
    private mutating func findLineEnd(_ bytes: [UInt8], from start: Int, to end: Int) throws(HTTPFault) -> Int? {
        var index = start + scanned
        defer { scanned = index - start }
        while index < end {
            let byte = bytes[index]
            if byte >= 0x20, byte != 0x7f {
                index += 1
                continue
            }
            switch byte {
            case UInt8(ascii: "\t"):
                index += 1
            case UInt8(ascii: "\r"):
                guard index + 1 < end else { return nil }
                guard bytes[index + 1] == UInt8(ascii: "\n") else { throw .bad("a CR without LF in the header") }
                return index
            case UInt8(ascii: "\n"):
                throw .bad("a LF without CR in the header")
            default:
                throw .bad("a control character in the header")
            }
        }
        return nil
    }

    private func parseRequestLine(_ bytes: [UInt8], _ line: Range<Int>) throws(HTTPFault) -> RequestLine {
        let space = UInt8(ascii: " ")
        guard let first = bytes[line].firstIndex(of: space), let last = bytes[line].lastIndex(of: space), first < last
        else {
            throw .bad("the request line is not: method, target, version")
        }
        let isVersion11 = try parseVersion(bytes[(last + 1)..<line.upperBound])
        let method = try parseMethod(bytes[line.lowerBound..<first])
        let target = try HTTPTarget(bytes, (first + 1)..<last)
        return RequestLine(method: method, target: target, isVersion11: isVersion11)
    }

    private func parseMethod(_ word: ArraySlice<UInt8>) throws(HTTPFault) -> HTTPMethod {
        guard !word.isEmpty, word.allSatisfy(isTokenCharacter) else { throw .bad("the method is not a word") }
        guard word.count <= 8, let method = HTTPMethod(rawValue: String(decoding: word, as: UTF8.self)) else {
            throw HTTPFault(.notImplemented, "the method is not supported")
        }
        return method
    }

    private func parseVersion(_ word: ArraySlice<UInt8>) throws(HTTPFault) -> Bool {
        if word.elementsEqual("HTTP/1.1".utf8) { return true }
        if word.elementsEqual("HTTP/1.0".utf8) { return false }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let start = word.startIndex
        guard word.count == 8, word.starts(with: "HTTP/".utf8), digits ~= word[start + 5],
            word[start + 6] == UInt8(ascii: "."), digits ~= word[start + 7]
        else {
            throw .bad("the version is not HTTP/1.1")
        }
        throw HTTPFault(.versionNotSupported, "only HTTP/1.1 and HTTP/1.0 are spoken")
    }
}

/// The path and query that a request names.
struct HTTPTarget: Hashable, Sendable {
    let path: String
    let query: String?

    /// Takes `/path?query` and, as proxies send it, `http://host/path?query`.
    init(_ bytes: [UInt8], _ range: Range<Int>) throws(HTTPFault) {
        var start = range.lowerBound
        if bytes[range].starts(with: "http://".utf8) {
            let authority = start + 7
            start = bytes[authority..<range.upperBound].firstIndex(of: UInt8(ascii: "/")) ?? range.upperBound
            guard start > authority, bytes[authority..<start].allSatisfy(isHostCharacter) else {
                throw .bad("the target names no host")
            }
        }
        guard start < range.upperBound, bytes[start] == UInt8(ascii: "/") else {
            throw .bad("the target does not begin with /")
        }
        var question: Int?
        var index = start
        while index < range.upperBound {
            switch bytes[index] {
            case UInt8(ascii: "?"):
                if question == nil { question = index }
            case UInt8(ascii: "%"):
                guard index + 2 < range.upperBound, hexValue(bytes[index + 1]) != nil, hexValue(bytes[index + 2]) != nil
                else {
                    throw .bad("a % in the target that no two hexadecimal digits follow")
                }
            case let byte:
                guard isTargetCharacter(byte) else { throw .bad("a character in the target that must be encoded") }
            }
            index += 1
        }
        path = String(decoding: bytes[start..<(question ?? range.upperBound)], as: UTF8.self)
        query = question.map { String(decoding: bytes[($0 + 1)..<range.upperBound], as: UTF8.self) }
    }
}
