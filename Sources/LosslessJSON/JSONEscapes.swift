/// The escapes of JSON strings.
enum JSONEscapes {
    /// The text of a string that holds escapes, whether it can be written back as it was (a lone surrogate, which no
    /// text can hold, becomes U+FFFD and cannot), and whether it was valid UTF-8.
    static func unescape(
        _ raw: UnsafeBufferPointer<UInt8>
    ) -> (text: String, isFaithful: Bool, isValid: Bool) {
        var isFaithful = true
        // An escape is never shorter than what it stands for, so the text fits into as many bytes as the raw one has.
        let text = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: raw.count) { target in
            let count = unescape(raw, into: target, &isFaithful)
            return JSONReader.validated(UnsafeBufferPointer(rebasing: target[..<count]))
        }
        return (text ?? "", isFaithful, text != nil)
    }

    private static func unescape(
        _ raw: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>, _ isFaithful: inout Bool
    ) -> Int {
        var count = 0
        func append(_ byte: UInt8) {
            target[count] = byte
            count &+= 1
        }
        var index = 0
        while index < raw.count {
            if index &+ 8 <= raw.count {
                // The whole word is copied, and what stands before the escape counts.
                let word = UnsafeRawBufferPointer(raw).loadUnaligned(fromByteOffset: index, as: UInt64.self)
                UnsafeMutableRawBufferPointer(target).storeBytes(of: word, toByteOffset: count, as: UInt64.self)
                let slashes = JSONReader.backslashes(UInt64(littleEndian: word))
                let plain = slashes == 0 ? 8 : slashes.trailingZeroBitCount >> 3
                index &+= plain
                count &+= plain
                if slashes == 0 { continue }
            } else if raw[index] != UInt8(ascii: "\\") {
                append(raw[index])
                index &+= 1
                continue
            }
            guard index &+ 1 < raw.count else { break }
            let escaped = raw[index &+ 1]
            index &+= 2
            switch escaped {
            case UInt8(ascii: "b"): append(0x08)
            case UInt8(ascii: "f"): append(0x0C)
            case UInt8(ascii: "n"): append(0x0A)
            case UInt8(ascii: "r"): append(0x0D)
            case UInt8(ascii: "t"): append(0x09)
            case UInt8(ascii: "u"):
                let scalar = unicode(raw, &index)
                if scalar == nil { isFaithful = false }
                for byte in UTF8.encode(scalar ?? "\u{FFFD}") ?? .init() { append(byte) }
            case let other: append(other)
            }
        }
        return count
    }

    /// The scalar of the four digits at `index`, with the second half of a pair if there is one; nil: lone surrogate.
    private static func unicode(_ raw: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Unicode.Scalar? {
        guard let first = hexadecimal(raw, at: index) else { return nil }
        index += 4
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, index + 6 <= raw.count, raw[index] == UInt8(ascii: "\\"),
            raw[index + 1] == UInt8(ascii: "u"), let second = hexadecimal(raw, at: index + 2),
            0xDC00...0xDFFF ~= second
        else { return nil }
        index += 6
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }

    static func hexadecimal(_ raw: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32? {
        guard index + 4 <= raw.count else { return nil }
        var value: UInt32 = 0
        for offset in 0..<4 {
            guard let digit = digit(raw[index + offset]) else { return nil }
            value = value << 4 | digit
        }
        return value
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
