/// A type that is written as one word in a configuration: `64MiB`, `0660`, or one of your own.
///
/// ```swift
/// struct Partition: ConfigurationScalar {
///     let configurationText: String
///     init(configurationText: String) throws(InvalidScalar) {
///         guard configurationText.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
///             throw InvalidScalar("is not a partition's name", advice: "use letters and digits")
///         }
///         self.configurationText = configurationText
///     }
/// }
/// ```
public protocol ConfigurationScalar: Decodable, Sendable {
    /// Reads the word as it stands in the file, before anything of YAML is applied to it.
    init(configurationText: String) throws(InvalidScalar)
    /// The word that reads back as this value.
    var configurationText: String { get }
}

extension ConfigurationScalar {
    /// Reads the word from any decoder.
    public init(from decoder: any Decoder) throws {
        try self.init(configurationText: decoder.singleValueContainer().decode(String.self))
    }
}

/// Why a word of a configuration is not what it should be.
public struct InvalidScalar: Error, Hashable, Sendable {
    /// What is wrong with it, to follow the key: "is not a size".
    public let fault: String
    /// What to write instead.
    public let advice: String

    /// A fault and an advice.
    public init(_ fault: String, advice: String) {
        self.fault = fault
        self.advice = advice
    }
}
