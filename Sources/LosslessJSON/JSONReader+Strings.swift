/// A string as it stands in the document, between its quotes.
@usableFromInline struct JSONSlice {
    @usableFromInline let start: UnsafePointer<UInt8>
    @usableFromInline let count: Int
    @usableFromInline let isEscaped: Bool
    @usableFromInline let isASCII: Bool

    @inlinable init(start: UnsafePointer<UInt8>, count: Int, isEscaped: Bool, isASCII: Bool) {
        self.start = start
        self.count = count
        self.isEscaped = isEscaped
        self.isASCII = isASCII
    }
}

extension JSONReader {
    /// Reads a string.
    @inlinable public mutating func string() throws(JSONError) -> String {
        guard position < end, position.pointee == UInt8(ascii: "\"") else { throw mismatch("a string") }
        return try text(try scanString())
    }

    /// The text of a scanned string; refused if it is not UTF-8.
    @inlinable mutating func text(_ slice: JSONSlice) throws(JSONError) -> String {
        let bytes = UnsafeBufferPointer(start: slice.start, count: slice.count)
        if slice.isEscaped { return try unescape(bytes) }
        if slice.isASCII { return String(decoding: bytes, as: UTF8.self) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw notUnicode(slice.start) }
        return text
    }

    @usableFromInline mutating func unescape(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> String {
        let (text, isFaithful, isValid) = JSONEscapes.unescape(bytes)
        guard isValid else { throw notUnicode(bytes.baseAddress ?? position) }
        if !isFaithful { isUnusual = true }
        return text
    }

    @usableFromInline func notUnicode(_ place: UnsafePointer<UInt8>) -> JSONError {
        JSONError(offset: place - start, problem: .syntax("a string is not valid UTF-8"))
    }

    /// Passes a string, from its opening quote; eight bytes at a time.
    @inlinable mutating func scanString() throws(JSONError) -> JSONSlice {
        let first = position + 1
        var cursor = first
        var highBits: UInt64 = 0
        while end - cursor >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(cursor).loadUnaligned(as: UInt64.self))
            let special = JSONReader.specialBytes(word)
            if special == 0 {
                highBits |= word
                cursor += 8
                continue
            }
            let index = special.trailingZeroBitCount
            // The bytes before the special one: index is 8 * n + 7, so the mask leaves out the special byte itself.
            highBits |= word & ((1 << UInt64(index & ~7)) &- 1)
            cursor += index >> 3
            break
        }
        while cursor < end {
            let byte = cursor.pointee
            if byte == UInt8(ascii: "\"") {
                position = cursor + 1
                return JSONSlice(
                    start: first, count: cursor - first, isEscaped: false,
                    isASCII: highBits & 0x8080_8080_8080_8080 == 0)
            }
            if byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            highBits |= UInt64(byte)
            cursor += 1
        }
        return try scanEscapedString(from: first, at: cursor)
    }

    /// The rest of a string that holds an escape, or that is broken.
    @usableFromInline mutating func scanEscapedString(
        from first: UnsafePointer<UInt8>, at found: UnsafePointer<UInt8>
    ) throws(JSONError) -> JSONSlice {
        position = found
        while position < end {
            if end - position >= 8 {
                let word = UInt64(littleEndian: UnsafeRawPointer(position).loadUnaligned(as: UInt64.self))
                let special = JSONReader.specialBytes(word)
                guard special != 0 else {
                    position += 8
                    continue
                }
                position += special.trailingZeroBitCount >> 3
            }
            let byte = position.pointee
            if byte == UInt8(ascii: "\"") {
                position += 1
                return JSONSlice(start: first, count: position - 1 - first, isEscaped: true, isASCII: false)
            }
            guard byte >= 0x20 else { throw syntax("a string holds a control character") }
            position += 1
            if byte == UInt8(ascii: "\\") { try passEscape() }
        }
        throw syntax("the document ends inside a string")
    }

    private mutating func passEscape() throws(JSONError) {
        guard position < end else { throw syntax("the document ends inside a string") }
        switch position.pointee {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            let rest = UnsafeBufferPointer(start: position + 1, count: end - position - 1)
            guard JSONEscapes.hexadecimal(rest, at: 0) != nil else {
                throw syntax("a string holds a broken \\u escape")
            }
            position += 5
        default: throw syntax("a string holds an unknown escape")
        }
    }

    /// The high bit of each byte that is a quote, a backslash or a control character. Bits above the first one found
    /// may be wrong; the lowest is right.
    @inlinable static func specialBytes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let slashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let found =
            ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)
            | ((word &- (ones &* 0x20)) & ~word)
        return found & (ones &* 0x80)
    }
}
