/// The name of a member as it stands in the document, not yet made into a `String`.
///
/// Generated code switches over ``code`` and then makes sure with `==`.
public struct JSONKey {
    @usableFromInline let slice: JSONSlice

    /// A number that names of different spelling seldom share: the bytes themselves up to eight of them, else the
    /// first and the last eight mixed.
    public let code: UInt64

    @inline(__always) init(_ slice: JSONSlice) {
        self.slice = slice
        code = slice.isEscaped ? JSONKey.codeOfEscaped(slice) : JSONKey.code(slice.start, slice.count)
    }

    @inline(never) private static func codeOfEscaped(_ slice: JSONSlice) -> UInt64 {
        code(of: JSONEscapes.unescape(UnsafeBufferPointer(start: slice.start, count: slice.count)).text)
    }

    /// The name.
    public var text: String {
        let raw = UnsafeBufferPointer(start: slice.start, count: slice.count)
        guard slice.isEscaped else { return String(decoding: raw, as: UTF8.self) }
        return JSONEscapes.unescape(raw).text
    }

    /// The ``code`` of a name that is known beforehand.
    public static func code(of name: String) -> UInt64 {
        var name = name
        return name.withUTF8 { bytes in
            guard let start = bytes.baseAddress else { return 0 }
            return code(start, bytes.count)
        }
    }

    @inline(__always) private static func code(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        let raw = UnsafeRawPointer(start)
        if count >= 8 {
            let first = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
            let last = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
            return count == 8 ? first : (first &* 31) ^ last ^ UInt64(truncatingIfNeeded: count)
        }
        if count >= 4 {
            let first = UInt64(UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self)))
            let last = UInt64(
                UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)))
            return first | last << UInt64((count - 4) * 8)
        }
        var code: UInt64 = 0
        for index in 0..<count { code |= UInt64(start[index]) << UInt64(index * 8) }
        return code
    }

    /// Whether this is the name.
    @inline(__always) @inlinable public static func == (key: JSONKey, name: StaticString) -> Bool {
        if key.slice.isEscaped { return key.isSpelledOut(name) }
        return key.slice.count == name.utf8CodeUnitCount
            && memoryIsEqual(key.slice.start, name.utf8Start, name.utf8CodeUnitCount)
    }

    @usableFromInline func isSpelledOut(_ name: StaticString) -> Bool { text == name.description }

    /// Pattern matching, so that a `switch` over a key reads like one over a string.
    @inlinable public static func ~= (name: StaticString, key: JSONKey) -> Bool { key == name }
}

/// `memcmp` for short texts, eight bytes at a time and inlined.
@inline(__always) @inlinable func memoryIsEqual(
    _ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int
) -> Bool {
    let left = UnsafeRawPointer(left)
    let right = UnsafeRawPointer(right)
    if count >= 8 {
        var index = 0
        while index &+ 8 <= count {
            if left.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                != right.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            {
                return false
            }
            index &+= 8
        }
        // The last eight bytes again, whatever of them was compared already.
        return left.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
            == right.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
    }
    if count >= 4 {
        return left.loadUnaligned(as: UInt32.self) == right.loadUnaligned(as: UInt32.self)
            && left.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
                == right.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
    }
    var index = 0
    while index < count {
        if left.load(fromByteOffset: index, as: UInt8.self) != right.load(fromByteOffset: index, as: UInt8.self) {
            return false
        }
        index &+= 1
    }
    return true
}
