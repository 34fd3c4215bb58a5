/// How the plain types of Swift are read from a scalar. The type decides: `no` is a text for a String and false for a
/// Bool, whichever version of YAML the author had in mind.
protocol ScalarReading {
    init()
    static func read(_ scalar: ConfigurationNode.Scalar) throws(InvalidScalar) -> Self
}

extension String: ScalarReading {
    static func read(_ scalar: ConfigurationNode.Scalar) -> String { scalar.text }
}

extension Bool: ScalarReading {
    static func read(_ scalar: ConfigurationNode.Scalar) throws(InvalidScalar) -> Bool {
        try requirePlain(scalar, "true or false")
        switch scalar.text {
        case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": return true
        case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": return false
        default: throw InvalidScalar("is not true or false", advice: "write true or false")
        }
    }
}

extension Double: ScalarReading {
    static func read(_ scalar: ConfigurationNode.Scalar) throws(InvalidScalar) -> Double {
        try requirePlain(scalar, "a number")
        let isWritten = scalar.text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
        guard isWritten, let value = Double(scalar.text), value.isFinite else {
            throw InvalidScalar("is not a number", advice: "write it in decimal, such as 0.25 or 1e3")
        }
        return value
    }
}

extension Float: ScalarReading {
    static func read(_ scalar: ConfigurationNode.Scalar) throws(InvalidScalar) -> Float {
        Float(try Double.read(scalar))
    }
}

extension ScalarReading where Self: FixedWidthInteger {
    static func read(_ scalar: ConfigurationNode.Scalar) throws(InvalidScalar) -> Self {
        try requirePlain(scalar, "a whole number")
        let text = scalar.text
        let sign = text.hasPrefix("-") || text.hasPrefix("+") ? text.prefix(1) : ""
        let body = text.dropFirst(sign.count)
        let radix = body.hasPrefix("0x") ? 16 : body.hasPrefix("0o") ? 8 : 10
        let digits = radix == 10 ? body : body.dropFirst(2)
        guard let first = digits.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+"),
            digits.allSatisfy({ $0.isASCII && $0.isHexDigit && ($0.hexDigitValue ?? radix) < radix })
        else {
            throw InvalidScalar("is not a whole number", advice: "write it with digits only, such as 1000")
        }
        if radix == 10, digits.count > 1, digits.first == "0" {
            throw InvalidScalar(
                "has a leading zero, which means octal to some and nothing to others",
                advice: "write it without the zero, or as 0o\(digits.drop { $0 == "0" }) if octal is meant")
        }
        guard let value = Self(sign + digits, radix: radix) else {
            throw InvalidScalar("is out of range", advice: "write a number from \(Self.min) to \(Self.max)")
        }
        return value
    }
}

extension Int: ScalarReading {}
extension Int8: ScalarReading {}
extension Int16: ScalarReading {}
extension Int32: ScalarReading {}
extension Int64: ScalarReading {}
extension UInt: ScalarReading {}
extension UInt8: ScalarReading {}
extension UInt16: ScalarReading {}
extension UInt32: ScalarReading {}
extension UInt64: ScalarReading {}

private func requirePlain(_ scalar: ConfigurationNode.Scalar, _ wanted: String) throws(InvalidScalar) {
    guard scalar.style != .quoted else {
        throw InvalidScalar("is a text in quotes, where \(wanted) is expected", advice: "remove the quotes")
    }
}
