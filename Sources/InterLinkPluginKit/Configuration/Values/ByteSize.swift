/// A number of bytes, written as Kubernetes and people do: `64MiB`, `1Gi`, `2GB`, `512k`, `4096`.
public struct ByteSize: ConfigurationScalar, Hashable, Comparable {
    /// The number of bytes.
    public let bytes: Int64

    /// A size of so many bytes.
    public init(bytes: Int64) { self.bytes = bytes }

    /// A size in units of 1024 bytes.
    public static func kibibytes(_ count: Int64) -> ByteSize { ByteSize(bytes: count << 10) }
    /// A size in units of 1024² bytes.
    public static func mebibytes(_ count: Int64) -> ByteSize { ByteSize(bytes: count << 20) }
    /// A size in units of 1024³ bytes.
    public static func gibibytes(_ count: Int64) -> ByteSize { ByteSize(bytes: count << 30) }

    private static let binaryUnits: [(name: String, bytes: Int64)] = [
        ("Ti", 1 << 40), ("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10),
    ]
    private static let decimalUnits: [String: Int64] = [
        "": 1, "k": 1_000, "K": 1_000, "M": 1_000_000, "G": 1_000_000_000, "T": 1_000_000_000_000,
    ]

    /// Reads a number with a unit; without one it is bytes.
    public init(configurationText text: String) throws(InvalidScalar) {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        var unit = text.dropFirst(number.count)
        if unit.last == "B" { unit = unit.dropLast() }
        let factor = Self.binaryUnits.first { $0.name == unit }?.bytes ?? Self.decimalUnits[String(unit)]
        guard let factor, let bytes = ScaledNumber.parse(number, by: factor) else {
            throw InvalidScalar(
                "\(quoted(text)) is not a size",
                advice: "write a number with a unit: 64MiB or 1Gi (powers of 1024), 2GB or 512k (powers of 1000)")
        }
        self.bytes = bytes
    }

    /// The size in the largest binary unit that divides it.
    public var configurationText: String {
        guard bytes != 0, let unit = Self.binaryUnits.first(where: { bytes % $0.bytes == 0 }) else { return "\(bytes)" }
        return "\(bytes / unit.bytes)\(unit.name)B"
    }

    /// Whether the left size is smaller.
    public static func < (left: ByteSize, right: ByteSize) -> Bool { left.bytes < right.bytes }
}
