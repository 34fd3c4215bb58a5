/// How a program ended, and what it wrote. A code that is not zero is a result, not an error.
public struct CommandResult: Hashable, Sendable {
    /// How it ended.
    public enum Ending: Hashable, Sendable {
        /// By itself, with that code.
        case exited(Int)
        /// By a signal that did not come from here.
        case signalled(Int)
        /// It was ended because its deadline had passed. What it has done until then is not known.
        case timedOut
    }

    /// How it ended.
    public let ending: Ending
    /// What it wrote to its standard output.
    public let output: CommandOutput
    /// What it wrote to its standard error.
    public let errorOutput: CommandOutput
    /// From its start to its end.
    public let duration: Duration

    /// Whether it ended by itself with code 0.
    public var succeeded: Bool { ending == .exited(0) }
}

/// What a program wrote.
public struct CommandOutput: Hashable, Sendable {
    /// The bytes, as many as the limit allows.
    public let bytes: [UInt8]
    /// Whether there was more.
    public let isCut: Bool

    /// The bytes as text; what is not UTF-8 is replaced.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}
