extension JSONReader {
    /// Passes one value without making anything of it. Its structure, numbers and escapes are checked; whether its
    /// strings are UTF-8 is not.
    public mutating func skipValue() throws(JSONError) {
        guard position < end else { throw syntax("the document ends too early") }
        switch position.pointee {
        case UInt8(ascii: "\""): try skipString()
        case UInt8(ascii: "{"): try skipObject()
        case UInt8(ascii: "["): try skipArray()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber()
        default:
            guard takeLiteral("true") || takeLiteral("false") || takeLiteral("null") else {
                throw mismatch("a value")
            }
        }
    }

    /// The same as `while nextMember() != nil { skipValue() }`, without making keys: most of a status body goes this way.
    mutating func skipObject() throws(JSONError) {
        try enter()
        if position < end, position.pointee == UInt8(ascii: "}") { return leave() }
        while true {
            guard position < end, position.pointee == UInt8(ascii: "\"") else {
                throw syntax("expected the name of a member")
            }
            try skipString()
            if position < end, position.pointee != UInt8(ascii: ":") { skipSpace() }
            guard position < end, position.pointee == UInt8(ascii: ":") else {
                throw syntax("expected a colon behind the name of a member")
            }
            position += 1
            try skipSpacedValue()
            switch try peek() {
            case UInt8(ascii: ","):
                position += 1
                skipSpace()
            case UInt8(ascii: "}"): return leave()
            default: throw syntax("expected a comma or the end of the object")
            }
        }
    }

    mutating func skipArray() throws(JSONError) {
        try enter()
        if position < end, position.pointee == UInt8(ascii: "]") { return leave() }
        while true {
            try skipSpacedValue()
            switch try peek() {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "]"): return leave()
            default: throw syntax("expected a comma or the end of the list")
            }
        }
    }

    /// Passes a value and the space on both sides of it.
    @inline(__always) private mutating func skipSpacedValue() throws(JSONError) {
        if position < end, position.pointee == UInt8(ascii: "\"") {
            try skipString()
        } else if depth < options.maximumDepth, end - position >= 2, position.pointee == UInt8(ascii: "{"),
            position[1] == UInt8(ascii: "}")
        {
            // What `fieldsV1` consists of.
            position += 2
        } else {
            skipSpace()
            try skipValue()
        }
        if position < end, position.pointee <= 0x20 { skipSpace() }
    }

    /// Passes a string, from its opening quote, without a look at its letters.
    @inline(__always) mutating func skipString() throws(JSONError) {
        var cursor = position + 1
        while end - cursor >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(cursor).loadUnaligned(as: UInt64.self))
            let special = JSONReader.specialBytes(word)
            if special == 0 {
                cursor += 8
                continue
            }
            cursor += special.trailingZeroBitCount >> 3
            if cursor.pointee == UInt8(ascii: "\"") {
                position = cursor + 1
                return
            }
            break
        }
        _ = try scanSlowly(from: position + 1, at: cursor)
    }

    /// Passes one value and answers its text as it stands, checked to be JSON that can be written again.
    public mutating func rawValue() throws(JSONError) -> String {
        let first = position
        try skipValue()
        return try text(from: first)
    }

    func text(from first: UnsafePointer<UInt8>) throws(JSONError) -> String {
        let bytes = UnsafeBufferPointer(start: first, count: position - first)
        guard let text = JSONReader.validated(bytes) else { throw notUnicode(first) }
        return text
    }
}
