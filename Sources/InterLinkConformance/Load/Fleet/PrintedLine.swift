/// A line that a container of a load printed.
struct PrintedLine: Equatable, Sendable {
    enum Event: String {
        case start, line, end
    }

    let uid: String
    let event: Event
    /// When, by the clock of the machine that it ran on; nil if that cannot be read.
    let time: WallTime?

    /// Reads a line; nil if it is none of a load. Something may stand before it, as a time does with `--timestamps`.
    init?(_ text: Substring) {
        let words = text.split(separator: " ", omittingEmptySubsequences: true)
        guard let mark = words.firstIndex(of: Substring(LoadScript.mark)), words.count >= mark + 3,
            let event = Event(rawValue: String(words[mark + 2]))
        else { return nil }
        uid = String(words[mark + 1])
        self.event = event
        time = words.count > mark + 3 ? WallTime(printed: words[mark + 3]) : nil
    }

    /// All lines of a load in a text.
    static func all(in text: String) -> [PrintedLine] {
        text.split(whereSeparator: \.isNewline).compactMap { PrintedLine($0) }
    }
}
