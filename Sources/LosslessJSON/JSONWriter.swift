/// Writes JSON into memory, compact, straight from typed values.
public struct JSONWriter: ~Copyable {
    @usableFromInline var base: UnsafeMutablePointer<UInt8>
    @usableFromInline var count = 0
    @usableFromInline var capacity: Int

    /// A writer with room for this many bytes, which grows.
    public init(capacity: Int = 1024) {
        self.capacity = max(capacity, 64)
        base = .allocate(capacity: self.capacity)
    }

    deinit { base.deallocate() }

    /// What was written so far.
    public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try body(UnsafeBufferPointer(start: base, count: count))
    }

    /// What was written so far, as an array.
    public var bytes: [UInt8] { withBytes { Array($0) } }

    // MARK: Bytes

    @inlinable mutating func reserve(_ more: Int) {
        if capacity &- count < more { grow(more) }
    }

    @usableFromInline mutating func grow(_ more: Int) {
        capacity = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.initialize(from: base, count: count)
        base.deallocate()
        base = larger
    }

    @inlinable mutating func byte(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count &+= 1
    }

    @inlinable mutating func append(_ start: UnsafePointer<UInt8>, _ length: Int) {
        reserve(length)
        (base + count).update(from: start, count: length)
        count &+= length
    }

    @inlinable mutating func literal(_ text: StaticString) { append(text.utf8Start, text.utf8CodeUnitCount) }

    /// Writes text that is JSON already.
    public mutating func raw(_ json: String) {
        var json = json
        json.withUTF8 { bytes in
            if let start = bytes.baseAddress { append(start, bytes.count) }
        }
    }

    // MARK: Objects and lists

    /// Opens an object.
    @inlinable public mutating func beginObject() { byte(UInt8(ascii: "{")) }

    /// Closes an object.
    @inlinable public mutating func endObject() { byte(UInt8(ascii: "}")) }

    /// Closes an object, its kept members written first.
    @inlinable public mutating func endObject(_ extras: JSONExtras) {
        if !extras.isEmpty { write(extras) }
        endObject()
    }

    @usableFromInline mutating func write(_ extras: JSONExtras) {
        for member in extras.members {
            guard let text = member.text else { continue }
            name(member.name)
            raw(text)
        }
    }

    /// Opens a list.
    @inlinable public mutating func beginArray() { byte(UInt8(ascii: "[")) }

    /// Closes a list.
    @inlinable public mutating func endArray() { byte(UInt8(ascii: "]")) }

    /// Puts the comma before an element or a member, unless it is the first.
    @inlinable public mutating func separate() {
        let last = count == 0 ? UInt8(ascii: ",") : base[count &- 1]
        if last != UInt8(ascii: "{"), last != UInt8(ascii: "[") { byte(UInt8(ascii: ",")) }
    }

    /// Writes the name of a member.
    @inlinable public mutating func name(_ name: String) {
        separate()
        string(name)
        byte(UInt8(ascii: ":"))
    }

    /// Writes a member.
    @inlinable public mutating func member(_ name: String, _ value: some JSONWritable) {
        self.name(name)
        value.write(to: &self)
    }

    /// Writes a member of generated code: its name needs no escapes, and a text in the extras stands in its place.
    @inlinable public mutating func member(
        _ name: StaticString, _ value: borrowing some JSONWritable, _ extras: JSONExtras
    ) {
        if extras.holds(name) { return }
        let length = name.utf8CodeUnitCount
        reserve(length &+ 4)
        let last = base[count &- 1]
        if last != UInt8(ascii: "{") {
            base[count] = UInt8(ascii: ",")
            count &+= 1
        }
        base[count] = UInt8(ascii: "\"")
        (base + count + 1).update(from: name.utf8Start, count: length)
        base[count &+ length &+ 1] = UInt8(ascii: "\"")
        base[count &+ length &+ 2] = UInt8(ascii: ":")
        count &+= length &+ 3
        value.write(to: &self)
    }

    // MARK: Leaves

    /// Writes `null`.
    @inlinable public mutating func null() { literal("null") }

    /// Writes a whole number.
    @inlinable public mutating func integer(_ value: Int64) {
        reserve(20)
        var magnitude = value.magnitude
        if value < 0 {
            base[count] = UInt8(ascii: "-")
            count &+= 1
        }
        var digits = 1
        var bound: UInt64 = 10
        while digits < 19, magnitude >= bound {
            digits &+= 1
            bound &*= 10
        }
        var index = count &+ digits
        count = index
        repeat {
            let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: 10)
            index &-= 1
            base[index] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: remainder)
            magnitude = quotient
        } while magnitude != 0
    }

    /// Writes a string, escaped where JSON asks for it.
    @inlinable public mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            reserve(bytes.count &+ 2)
            base[count] = UInt8(ascii: "\"")
            count &+= 1
            if let start = bytes.baseAddress { escaped(start, bytes.count) }
            reserve(1)
            base[count] = UInt8(ascii: "\"")
            count &+= 1
        }
    }

    /// Writes a string of characters that need no escape, put into the buffer by `fill`, which answers their number.
    @inlinable public mutating func plainString(
        atMost capacity: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) -> Int
    ) {
        reserve(capacity &+ 2)
        base[count] = UInt8(ascii: "\"")
        let length = fill(UnsafeMutableBufferPointer(start: base + count + 1, count: capacity))
        base[count &+ length &+ 1] = UInt8(ascii: "\"")
        count &+= length &+ 2
    }

    /// Copies a text up to its first character that needs an escape, eight bytes at a time.
    @inlinable mutating func escaped(_ start: UnsafePointer<UInt8>, _ length: Int) {
        var index = 0
        let target = UnsafeMutableRawPointer(base + count)
        let source = UnsafeRawPointer(start)
        while index &+ 8 <= length {
            let word = source.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if JSONReader.specialBytes(UInt64(littleEndian: word)) != 0 { break }
            target.storeBytes(of: word, toByteOffset: index, as: UInt64.self)
            index &+= 8
        }
        while index < length {
            let byte = start[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            target.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
            index &+= 1
        }
        count &+= index
        if index < length { escape(start + index, length &- index) }
    }

    @usableFromInline mutating func escape(_ start: UnsafePointer<UInt8>, _ length: Int) {
        reserve(length * 6 + 8)
        let source = UnsafeRawPointer(start)
        var index = 0
        while index < length {
            if index &+ 8 <= length {
                // The whole word is copied, and what stands before the character to escape counts.
                let word = source.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                UnsafeMutableRawPointer(base).storeBytes(of: word, toByteOffset: count, as: UInt64.self)
                let special = JSONReader.specialBytes(UInt64(littleEndian: word))
                let plain = special == 0 ? 8 : special.trailingZeroBitCount >> 3
                index &+= plain
                count &+= plain
                if special == 0 { continue }
            }
            escape(start[index])
            index &+= 1
        }
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): literal("\\\"")
        case UInt8(ascii: "\\"): literal("\\\\")
        case 0x0A: literal("\\n")
        case 0x0D: literal("\\r")
        case 0x09: literal("\\t")
        case 0x00..<0x20:
            literal("\\u00")
            self.byte(UInt8(ascii: "0") + byte >> 4)
            self.byte(JSONWriter.hexadecimalDigit(byte & 0xF))
        default: self.byte(byte)
        }
    }

    private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
