/// The permissions of a file, in octal with a leading zero, quoted or not: `0660`.
///
/// `660` is refused: tools that rewrite YAML turn `0660` into 432, which would pass for octal as well.
public struct FileMode: ConfigurationScalar, Hashable {
    /// The bits, as chmod takes them.
    public let bits: UInt32

    /// A mode of these bits.
    public init(bits: UInt32) { self.bits = bits }

    /// Reads `0660` or `0o660`.
    public init(configurationText text: String) throws(InvalidScalar) {
        let digits = text.hasPrefix("0o") ? text.dropFirst(2) : text.hasPrefix("0") ? text.dropFirst() : ""
        guard (3...4).contains(digits.count), let bits = UInt32(digits, radix: 8), !digits.hasPrefix("+") else {
            throw InvalidScalar(
                "\(quoted(text)) is not a file mode",
                advice: "write it in octal with a leading zero, such as 0660 or \"0660\"")
        }
        self.bits = bits
    }

    /// The mode in octal with a leading zero.
    public var configurationText: String {
        let digits = String(bits, radix: 8)
        return "0" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }
}
