/// One subcommand of `interlink-plugin`.
protocol Command: Sendable {
    /// Its name on the command line.
    static var name: String { get }
    /// What it does, in a few words, for the list of `--help`.
    static var summary: String { get }
    /// All of its `--help`.
    static var help: String { get }

    /// Takes the arguments behind the name.
    init(arguments: [String]) throws(UsageError)
    /// Does the work.
    func run() async throws
}

/// Arguments that make no sense, with what to do instead.
struct UsageError: Error, CustomStringConvertible {
    let problem: String
    let advice: String

    var description: String { "\(problem)\n  \(advice)" }
}

/// Work that could not be done, with what to do about it.
struct CommandError: Error, CustomStringConvertible {
    let problem: String
    var advice: String?
    /// What the program ends with.
    var status: Int32 = 1

    var description: String { advice.map { "\(problem)\n  \($0)" } ?? problem }
}
