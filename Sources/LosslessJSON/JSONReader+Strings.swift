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
    public mutating func string() throws(JSONError) -> String {
        guard position < end, position.pointee == UInt8(ascii: "\"") else { throw mismatch("a string") }
        return try text(try scanString())
    }

    /// Reads a string that spells something, without making a `String` of it.
    public mutating func string<Value>(
        as parse: (UnsafeBufferPointer<UInt8>) -> Value?, expected: @autoclosure () -> String
    ) throws(JSONError) -> Value {
        let offset = offset
        guard position < end, position.pointee == UInt8(ascii: "\"") else { throw mismatch("a string") }
        let slice = try scanString()
        if slice.isASCII, let value = parse(UnsafeBufferPointer(start: slice.start, count: slice.count)) {
            return value
        }
        var text = try text(slice)
        if let value = text.withUTF8(parse) { return value }
        throw JSONError(
            offset: offset,
            problem: .malformed(expected: expected(), found: text.prefix(40).debugDescription))
    }

    /// The text of a scanned string; refused if it is not UTF-8.
    @inline(__always) mutating func text(_ slice: JSONSlice) throws(JSONError) -> String {
        let bytes = UnsafeBufferPointer(start: slice.start, count: slice.count)
        return slice.isASCII ? JSONReader.ascii(bytes) : try unusualText(bytes, isEscaped: slice.isEscaped)
    }

    @inline(never) private mutating func unusualText(
        _ bytes: UnsafeBufferPointer<UInt8>, isEscaped: Bool
    ) throws(JSONError) -> String {
        if isEscaped { return try unescape(bytes) }
        guard let text = JSONReader.validated(bytes) else { throw notUnicode(bytes.baseAddress ?? position) }
        return text
    }

    /// The text of bytes that are known to be ASCII: they are not looked at again.
    @inline(__always) static func ascii(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let count = bytes.count
        if 8...15 ~= count, let start = bytes.baseAddress {
            // Strings of this size live in place of a pointer; two words that may overlap fill them fastest.
            let source = UnsafeRawPointer(start)
            let first = source.loadUnaligned(as: UInt64.self)
            let last = source.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
            return String(unsafeUninitializedCapacity: count) { target in
                let target = UnsafeMutableRawBufferPointer(target)
                target.storeBytes(of: first, as: UInt64.self)
                target.storeBytes(of: last, toByteOffset: count &- 8, as: UInt64.self)
                return count
            }
        }
        // Safe because all bytes are ASCII, which is UTF-8.
        return String(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: true))
    }

    /// The text of bytes, if they are UTF-8.
    static func validated(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
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
        if highBits & 0x8080_8080_8080_8080 == 0 { return ascii(bytes) }
        return String(validating: bytes, as: UTF8.self)
    }

    private mutating func unescape(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> String {
        let (text, isFaithful, isValid) = JSONEscapes.unescape(bytes)
        guard isValid else { throw notUnicode(bytes.baseAddress ?? position) }
        if !isFaithful { isUnusual = true }
        return text
    }

    @inline(never) func notUnicode(_ place: UnsafePointer<UInt8>) -> JSONError {
        JSONError(offset: place - start, problem: .syntax("a string is not valid UTF-8"))
    }

    /// Passes a string, from its opening quote; eight bytes at a time.
    @inline(__always) mutating func scanString() throws(JSONError) -> JSONSlice {
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
    @inline(never) mutating func scanSlowly(
        from first: UnsafePointer<UInt8>, at found: UnsafePointer<UInt8>
    ) throws(JSONError) -> JSONSlice {
        var isEscaped = false
        var cursor = found
        while cursor < end {
            if end - cursor >= 8 {
                let word = UInt64(littleEndian: UnsafeRawPointer(cursor).loadUnaligned(as: UInt64.self))
                let special = JSONReader.specialBytes(word)
                guard special != 0 else {
                    cursor += 8
                    continue
                }
                cursor += special.trailingZeroBitCount >> 3
            }
            let byte = cursor.pointee
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                if end - cursor >= 2, cursor[1] == UInt8(ascii: "\"") {
                    // By far the most frequent: JSON in JSON.
                    cursor += 2
                } else {
                    position = cursor + 1
                    try passEscape()
                    cursor = position
                }
            } else if byte == UInt8(ascii: "\"") {
                position = cursor + 1
                return JSONSlice(start: first, count: cursor - first, isEscaped: isEscaped, isASCII: false)
            } else if byte < 0x20 {
                position = cursor
                throw syntax("a string holds a control character")
            } else {
                cursor += 1
            }
        }
        position = end
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
    @inline(__always) @inlinable static func specialBytes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        // Flipping bit 1 puts the quote next to the control characters, so that both lie below 0x21.
        let quotesAndControls = (word ^ (ones &* 0x02)) &- (ones &* 0x21)
        let slashes = (word ^ (ones &* UInt64(UInt8(ascii: "\\")))) &- ones
        return (quotesAndControls | slashes) & ~word & (ones &* 0x80)
    }

    /// The same for backslashes alone.
    @inline(__always) @inlinable static func backslashes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        return ((word ^ (ones &* UInt64(UInt8(ascii: "\\")))) &- ones) & ~word & (ones &* 0x80)
    }
}
