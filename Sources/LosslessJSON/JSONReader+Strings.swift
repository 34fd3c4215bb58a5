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
        guard let text = JSONReader.validated(bytes) else { throw notUnicode(slice.start) }
        return text
    }

    /// The text of bytes, if they are UTF-8.
    @usableFromInline static func validated(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        // Nearly everything is ASCII, where the general check is not needed; it is several times as slow.
        var index = 0
        var highBits: UInt64 = 0
        let raw = UnsafeRawBufferPointer(bytes)
        while index &+ 8 <= raw.count {
            highBits |= raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            index &+= 8
        }
        while index < raw.count {
            highBits |= UInt64(raw[index])
            index &+= 1
        }
        if highBits & 0x8080_8080_8080_8080 == 0 { return String(decoding: bytes, as: UTF8.self) }
        return String(validating: bytes, as: UTF8.self)
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
    @usableFromInline mutating func scanString() throws(JSONError) -> JSONSlice {
        let first = position + 1
        var cursor = first
        var seen: UInt64 = 0
        while end - cursor >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(cursor).loadUnaligned(as: UInt64.self))
            let special = JSONReader.specialBytes(word)
            if special == 0 {
                seen |= word
                cursor += 8
                continue
            }
            // All bits below the lowest one found: the high bits of the bytes before the special one are among them.
            seen |= word & ((special & (0 &- special)) &- 1)
            cursor += special.trailingZeroBitCount >> 3
            if cursor.pointee == UInt8(ascii: "\"") {
                position = cursor + 1
                return JSONSlice(
                    start: first, count: cursor - first, isEscaped: false,
                    isASCII: seen & 0x8080_8080_8080_8080 == 0)
            }
            break
        }
        return try scanSlowly(from: first, at: cursor)
    }

    /// The rest of a string that holds an escape, that is broken, or that ends in the last bytes of the document.
    @usableFromInline mutating func scanSlowly(
        from first: UnsafePointer<UInt8>, at found: UnsafePointer<UInt8>
    ) throws(JSONError) -> JSONSlice {
        var isEscaped = false
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
            position += 1
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                try passEscape()
            } else if byte == UInt8(ascii: "\"") {
                return JSONSlice(start: first, count: position - 1 - first, isEscaped: isEscaped, isASCII: false)
            } else if byte < 0x20 {
                position -= 1
                throw syntax("a string holds a control character")
            }
        }
        throw syntax("the document ends inside a string")
    }

    @inline(__always) private mutating func passEscape() throws(JSONError) {
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
