/// A program to run, and within which limits. There is no shell: each argument arrives as it is.
///
/// ```swift
/// var command = Command("squeue", ["--me", "--noheader", "--format=%i %T"])
/// command.deadline = .seconds(30)
/// let result = try await runner.run(command)
/// guard result.succeeded else { throw SchedulerTrouble(result.errorOutput.text) }
/// ```
public struct Command: Sendable {
    /// An absolute path, or a name that is looked for in the search path of the runner.
    public var program: String

    /// The arguments, without the name of the program.
    public var arguments: [String]

    /// Variables beside those of the runner, or instead of those of the same name.
    public var environment: [String: String] = [:]

    /// The folder to start in; `nil` is that of this process.
    public var workingDirectory: String?

    /// What the program reads; `nil` is nothing.
    public var input: [UInt8]?

    /// How long it may take, from its start.
    public var deadline: Duration = .seconds(60)

    /// How long it may go on after the `TERM` of the deadline, before the `KILL`.
    public var grace: Duration = .seconds(5)

    /// How much is kept of each of the two outputs; the rest is read and forgotten.
    public var outputLimit = 16 << 20

    /// That program with these arguments.
    public init(_ program: String, _ arguments: [String] = []) {
        self.program = program
        self.arguments = arguments
    }
}
