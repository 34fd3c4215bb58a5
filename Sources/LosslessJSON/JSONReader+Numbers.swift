extension JSONReader {
    /// Reads a whole number of 64 bits. `1.0` and `1e2` are whole numbers too, of an unusual spelling.
    @inlinable public mutating func integer() throws(JSONError) -> Int64 {
        let first = position
        var cursor = position
        let isNegative = cursor < end && cursor.pointee == UInt8(ascii: "-")
        if isNegative { cursor += 1 }
        let digits = cursor
        var value: Int64 = 0
        while cursor < end, case let digit = cursor.pointee &- UInt8(ascii: "0"), digit < 10, cursor - digits < 18 {
            value = value &* 10 &+ Int64(digit)
            cursor += 1
        }
        let isPlain =
            cursor > digits && (digits.pointee != UInt8(ascii: "0") || (cursor - digits == 1 && !isNegative))
            && !(cursor < end && JSONReader.isNumberByte(cursor.pointee))
        guard isPlain else {
            position = first
            return try unusualInteger()
        }
        position = cursor
        return isNegative ? -value : value
    }

    /// A whole number that is not plain digits, or not short.
    @usableFromInline mutating func unusualInteger() throws(JSONError) -> Int64 {
        let offset = offset
        guard position < end, position.pointee == UInt8(ascii: "-") || position.pointee &- UInt8(ascii: "0") < 10
        else { throw mismatch("a whole number") }
        let text = try numberText()
        if let value = Int64(text) {
            if text == "-0" { isUnusual = true }
            return value
        }
        guard let value = JSONReader.wholeNumber(text) else {
            let shown = text.utf8.count > 40 ? "\(text.prefix(40))…" : text
            throw JSONError(
                offset: offset,
                problem: .malformed(expected: "a whole number of at most 64 bits", found: shown))
        }
        isUnusual = true
        return value
    }

    /// The text of a number, its form checked.
    public mutating func numberText() throws(JSONError) -> String {
        let first = position
        try skipNumber()
        return String(decoding: UnsafeBufferPointer(start: first, count: position - first), as: UTF8.self)
    }

    @inlinable static func isNumberByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    /// Passes a number: sign, digits without leading zeros, fraction, exponent.
    @usableFromInline mutating func skipNumber() throws(JSONError) {
        if position < end, position.pointee == UInt8(ascii: "-") { position += 1 }
        let first = position
        let digits = skipDigits()
        guard digits > 0 else { throw syntax("a number without digits") }
        guard digits == 1 || first.pointee != UInt8(ascii: "0") else {
            throw syntax("a number with a leading zero")
        }
        if position < end, position.pointee == UInt8(ascii: ".") {
            position += 1
            guard skipDigits() > 0 else { throw syntax("a number without digits behind its point") }
        }
        if position < end, position.pointee | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < end, position.pointee == UInt8(ascii: "+") || position.pointee == UInt8(ascii: "-") {
                position += 1
            }
            guard skipDigits() > 0 else { throw syntax("a number without digits in its exponent") }
        }
    }

    private mutating func skipDigits() -> Int {
        let first = position
        while position < end, position.pointee &- UInt8(ascii: "0") < 10 { position += 1 }
        return position - first
    }

    /// The value of a number with a fraction or an exponent, if it is a whole number of 64 bits.
    static func wholeNumber(_ text: String) -> Int64? {
        let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
        guard let mantissa = parts.first, let exponent = parts.count > 1 ? Int(parts[1]) : 0 else { return nil }
        let pieces = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        var digits = pieces.joined()
        var power = exponent.subtractingReportingOverflow(pieces.count > 1 ? pieces[1].utf8.count : 0).partialValue
        while power < 0, digits.hasSuffix("0"), digits.utf8.count > 1 {
            digits.removeLast()
            power += 1
        }
        guard var value = Int64(digits) else { return nil }
        if value == 0 { return 0 }
        guard 0...18 ~= power else { return nil }
        for _ in 0..<power {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            value = product
        }
        return value
    }
}
