/// Words of a command line, one after the other. `--name=value` is two words.
struct ArgumentReader {
    private var words: ArraySlice<String>

    init(_ arguments: [String]) {
        words =
            arguments.flatMap { word -> [String] in
                guard word.hasPrefix("--"), let sign = word.firstIndex(of: "=") else { return [word] }
                return [String(word[..<sign]), String(word[word.index(after: sign)...])]
            }[...]
    }

    mutating func next() -> String? { words.popFirst() }

    mutating func value(of option: String) throws(UsageError) -> String {
        guard let value = words.popFirst() else {
            throw UsageError(problem: "\(option) needs a value", advice: "Write it behind: \(option) VALUE")
        }
        return value
    }

    mutating func pair(of option: String) throws(UsageError) -> (String, String) {
        let text = try value(of: option)
        guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
            throw UsageError(
                problem: "\(option) \(text.debugDescription) is no pair", advice: "Write \(option) NAME=VALUE")
        }
        return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }

    mutating func seconds(of option: String) throws(UsageError) -> Double {
        let text = try value(of: option)
        guard let seconds = Double(text), seconds >= 0, seconds <= 86_400 else {
            throw UsageError(
                problem: "\(option) \(text.debugDescription) is no number of seconds", advice: "Write \(option) 90")
        }
        return seconds
    }

    mutating func count(of option: String) throws(UsageError) -> Int {
        let text = try value(of: option)
        guard let count = Int(text), (1...1000).contains(count) else {
            throw UsageError(
                problem: "\(option) \(text.debugDescription) is no such number", advice: "Write \(option) 4")
        }
        return count
    }
}
