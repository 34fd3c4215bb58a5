/// A part of a configuration in which every key has a default, or is `@Required`.
///
/// A default is what the property is set to; nothing else has to be written. A key that is not in the file, nor in the
/// environment, keeps it. All problems of a section are reported at once.
///
/// ```swift
/// struct SchedulerConfiguration: ConfigurationSection {
///     @Required var partition: String
///     var submitCommand = "/usr/bin/sbatch"
///     var pollInterval: Duration = .seconds(20)      // pollInterval: 20s
///     var largestScript = ByteSize.mebibytes(4)      // largestScript: 4MiB
///     var account: String?                           // nil when absent
///     var token: SensitiveText?                      // token: { file: /etc/interlink/token }
///     var server = ServerConfiguration()             // a section of its own, with the defaults of this one
///
///     func validate() -> [ConfigurationProblem] {
///         pollInterval >= .seconds(1) ? [] : [.init("pollInterval", "is below 1s", advice: "write at least 1s")]
///     }
/// }
/// ```
/// The variable `INTERLINK_SERVER_SOCKET_MODE` overrides `server.socketMode`. A type that has its own `CodingKeys`
/// keeps its defaults only where the key has the name of the property. A public type needs a `public init() {}`.
public protocol ConfigurationSection: Decodable, Sendable {
    /// The section with every default.
    init()

    /// What is wrong with the values, beyond their types; called when the whole configuration could be read.
    func validate() -> [ConfigurationProblem]
}

extension ConfigurationSection {
    /// No problem.
    public func validate() -> [ConfigurationProblem] { [] }
}

/// A key of a ``ConfigurationSection`` that has no default and has to be given.
@propertyWrapper
public struct Required<Value: Decodable & Sendable>: Decodable, Sendable, RequiredValue {
    private var value: Value?

    /// Not given yet.
    public init() {}

    /// Given in code, in a test for example.
    public init(wrappedValue: Value) { value = wrappedValue }

    /// Reads the value itself.
    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Value.self)
    }

    /// The value. A section that was loaded has it; one that was made in code has it once it is set.
    public var wrappedValue: Value {
        get {
            guard let value else { preconditionFailure("a @Required value of a configuration was never set") }
            return value
        }
        set { value = newValue }
    }
}

/// Lets the reader see that a key is required, whatever its type.
protocol RequiredValue {
    init()
}

/// The defaults of one section, by the names of its properties.
struct SectionDefaults {
    private var values: [String: Any] = [:]

    init(of section: any ConfigurationSection) {
        for child in Mirror(reflecting: section).children {
            guard let label = child.label, !Self.isNil(child.value) else { continue }
            // The storage of a property wrapper has the name of the property after an underscore.
            values[label.hasPrefix("_") ? String(label.dropFirst()) : label] = child.value
        }
    }

    func contains(_ key: String) -> Bool { values[key] != nil }

    func value<Value>(_ type: Value.Type, for key: String) -> Value? { values[key] as? Value }

    private static func isNil(_ value: Any) -> Bool {
        let mirror = Mirror(reflecting: value)
        return mirror.displayStyle == .optional && mirror.children.isEmpty
    }
}
