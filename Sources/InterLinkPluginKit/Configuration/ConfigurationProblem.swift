/// One thing that is wrong with a configuration: where it stands, what is wrong, and what to do about it.
///
/// A `validate()` gives the key, relative to its own section, the fault and the advice; the file and the line are
/// filled in from where the key stands.
public struct ConfigurationProblem: Hashable, Sendable, CustomStringConvertible {
    /// The key, as a path: `server.port`, `flavors[2].name`.
    public var key: String
    /// What is wrong.
    public var fault: String
    /// What to do about it.
    public var advice: String
    /// Where the key stands: `file:line`, or the name of an environment variable.
    public internal(set) var place: String

    /// A problem with a key.
    public init(_ key: String, _ fault: String, advice: String = "") {
        self.init(key, fault, advice: advice, place: "")
    }

    init(_ key: String, _ fault: String, advice: String, place: String) {
        self.key = key
        self.fault = fault
        self.advice = advice
        self.place = place
    }

    /// The problem in one line: `file:line: key.path: what is wrong; what to do`.
    public var description: String {
        let told = [place, key, fault].filter { !$0.isEmpty }.joined(separator: ": ")
        return advice.isEmpty ? told : "\(told); \(advice)"
    }
}

/// Everything that is wrong with a configuration, at once.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The problems, in the order in which they were met.
    public let problems: [ConfigurationProblem]

    /// An error of these problems.
    public init(_ problems: [ConfigurationProblem]) { self.problems = problems }

    /// The problems, one a line; of very many, the first ones.
    public var description: String {
        let lines = problems.prefix(100).map(\.description).joined(separator: "\n")
        return problems.count > 100 ? "\(lines)\nand \(problems.count - 100) more problems" : lines
    }
}
