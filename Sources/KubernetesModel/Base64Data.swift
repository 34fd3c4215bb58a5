public import LosslessJSON

/// Bytes that travel as base64, like the values of a Secret. Kept as their text, made into bytes when asked for.
///
/// It never shows its content when it is printed.
public struct Base64Data: Hashable, Sendable {
    /// The text as it travels.
    public let text: String

    /// No bytes.
    public init() { text = "" }

    /// Bytes, encoded with padding.
    public init(_ bytes: [UInt8]) { text = Base64.encode(bytes) }

    /// A text that is base64 (padded, the standard alphabet, line breaks allowed); nil if it is not.
    public init?(text: String) {
        guard Base64.decode(text) != nil else { return nil }
        self.text = text
    }

    /// The bytes.
    public var bytes: [UInt8] { Base64.decode(text) ?? [] }
}

extension Base64Data: JSONReadable, JSONWritable {
    /// Reads a base64 text.
    public init(from reader: inout JSONReader) throws(JSONError) {
        let offset = reader.offset
        let text = try reader.string()
        guard Base64.decode(text) != nil else {
            throw JSONError(
                offset: offset,
                problem: .malformed(expected: "base64", found: "a string of \(text.utf8.count) bytes that is not"))
        }
        self.text = text
    }

    /// Writes the text as it was read.
    public func write(to writer: inout JSONWriter) { writer.string(text) }
}

extension Base64Data: CustomStringConvertible, CustomReflectable {
    /// The size only: the content may be secret.
    public var description: String { "\(bytes.count) bytes" }
    /// The size only.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// RFC 4648 base64, as Go's standard encoding reads it.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The value of each byte of the alphabet; 64 for all others.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 64, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var word: UInt32 = 0
            for byte in group { word = word << 8 | UInt32(byte) }
            word <<= UInt32(3 - group.count) * 8
            for index in 0..<4 {
                let digit = alphabet[Int(word >> UInt32(18 - 6 * index) & 63)]
                text.append(index <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 4 * 3)
        var word: UInt32 = 0
        var digits = 0
        var padding = 0
        for byte in text.utf8 {
            if byte == 0x0A || byte == 0x0D { continue }
            if byte == UInt8(ascii: "=") {
                padding += 1
                guard digits + padding <= 4 else { return nil }
                continue
            }
            let value = values[Int(byte)]
            guard value < 64, padding == 0 else { return nil }
            word = word << 6 | UInt32(value)
            digits += 1
            guard digits == 4 else { continue }
            bytes.append(UInt8(truncatingIfNeeded: word >> 16))
            bytes.append(UInt8(truncatingIfNeeded: word >> 8))
            bytes.append(UInt8(truncatingIfNeeded: word))
            word = 0
            digits = 0
        }
        switch (digits, padding) {
        case (0, 0): break
        case (2, 2): bytes.append(UInt8(truncatingIfNeeded: word >> 4))
        case (3, 1):
            bytes.append(UInt8(truncatingIfNeeded: word >> 10))
            bytes.append(UInt8(truncatingIfNeeded: word >> 2))
        default: return nil
        }
        return bytes
    }
}
