/// Makes the head of an answer of the lines that libcurl hands over.
struct HeaderReader {
    enum Progress {
        case goesOn
        case complete(HTTPClient.ResponseHead)
        case tooLarge
    }

    /// All lines of all headers of one answer together.
    private static let limit = 256 << 10

    private var status = 0
    private var headers = HTTPClient.Headers()
    private var size = 0
    private var isComplete = false

    mutating func read(_ line: UnsafeRawBufferPointer) -> Progress {
        size += line.count
        guard size <= Self.limit else { return .tooLarge }
        // Lines after the body are trailers, which nobody asked for.
        guard !isComplete else { return .goesOn }
        let bytes = Self.trimmed(line[...])
        if bytes.isEmpty {
            // 1xx stands before the real answer.
            guard status >= 200 else { return .goesOn }
            isComplete = true
            return .complete(HTTPClient.ResponseHead(status: status, headers: headers))
        }
        if bytes.starts(with: "HTTP/".utf8) {
            let code = bytes.drop { $0 != 0x20 }.drop { $0 == 0x20 }.prefix { $0 != 0x20 }
            status = Int(String(decoding: code, as: UTF8.self)) ?? 0
            headers = HTTPClient.Headers()
        } else if let colon = bytes.firstIndex(of: 0x3a) {
            headers.add(
                String(decoding: Self.trimmed(bytes[..<colon]), as: UTF8.self),
                String(decoding: Self.trimmed(bytes[(colon + 1)...]), as: UTF8.self))
        }
        return .goesOn
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        let rest = bytes.drop { $0 <= 0x20 }
        guard let last = rest.lastIndex(where: { $0 > 0x20 }) else { return rest[rest.endIndex...] }
        return rest[...last]
    }
}
