/// Reads the arguments of a command one after the other: `--name value`, `--name=value`, and words.
struct ArgumentReader {
    enum Argument: Equatable {
        case option(String)
        case word(String)
    }

    private let command: String
    private var rest: ArraySlice<String>
    /// The option that was read last, and its value if it was written with it.
    private var option = ""
    private var attached: String?

    init(_ arguments: [String], of command: String) {
        self.command = command
        rest = arguments[...]
    }

    /// The next one; nil behind the last.
    mutating func next() throws(UsageError) -> Argument? {
        if attached != nil {
            throw UsageError(problem: "\(option) takes no value", advice: "See interlink-plugin \(command) --help.")
        }
        guard let argument = rest.popFirst() else { return nil }
        guard argument.hasPrefix("-"), argument != "-" else { return .word(argument) }
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        option = String(parts[0])
        attached = parts.count > 1 ? String(parts[1]) : nil
        return .option(option)
    }

    /// The value of the option that was read last.
    mutating func value() throws(UsageError) -> String {
        defer { attached = nil }
        guard let value = attached ?? rest.popFirst() else {
            throw UsageError(problem: "\(option) needs a value", advice: "See interlink-plugin \(command) --help.")
        }
        return value
    }

    /// A whole number that is not negative.
    mutating func count() throws(UsageError) -> Int {
        let text = try value()
        guard let number = Int(text), number >= 0 else { throw wrong(text, "a whole number, like 100") }
        return number
    }

    mutating func decimal() throws(UsageError) -> Double {
        let text = try value()
        guard let number = Double(text), number.isFinite else { throw wrong(text, "a number, like 2.5") }
        return number
    }

    /// A time: `500ms`, `10s`, `5m`, `1h`.
    mutating func time() throws(UsageError) -> Duration {
        let text = try value()
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let units = ["ms": 0.001, "s": 1, "m": 60, "h": 3600]
        guard let amount = Double(number), amount <= 1_000_000, let unit = units[String(text.dropFirst(number.count))]
        else {
            throw wrong(text, "a time, like 500ms, 10s, 5m or 1h")
        }
        return .milliseconds(Int64((amount * unit * 1000).rounded()))
    }

    func unknownOption() -> UsageError {
        UsageError(
            problem: "\(command) has no option \(option.debugDescription)",
            advice: "See interlink-plugin \(command) --help.")
    }

    private func wrong(_ text: String, _ expected: String) -> UsageError {
        UsageError(
            problem: "\(option) takes \(expected), but got \(text.debugDescription)",
            advice: "Write \(option) and \(expected).")
    }
}
