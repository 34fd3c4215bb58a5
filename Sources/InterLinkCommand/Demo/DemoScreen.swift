import Foundation

/// Where the demo is seen: a table that is drawn again in its place on a terminal, a line for each change elsewhere.
struct DemoScreen: Sendable {
    enum Colour: String, Sendable {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case cyan = "36"
    }

    /// One line of the table.
    struct Row: Equatable, Sendable {
        var pod: String
        var container: String
        var state: DemoState
    }

    private let isTerminal: Bool
    private let hasColours: Bool
    private var drawn: [Row] = []
    private let start = ContinuousClock.now

    static var standardOutput: DemoScreen {
        let isTerminal = isatty(STDOUT_FILENO) == 1 && getenv("TERM").map { String(cString: $0) } != "dumb"
        return DemoScreen(isTerminal: isTerminal, hasColours: isTerminal && getenv("NO_COLOR") == nil)
    }

    private init(isTerminal: Bool, hasColours: Bool) {
        self.isTerminal = isTerminal
        self.hasColours = hasColours
    }

    func say(_ text: String = "") { write(text + "\n") }

    func title(_ text: String) { say("\n" + painted(text, .bold)) }

    /// Shows the rows, where they have changed.
    mutating func show(_ rows: [Row]) {
        guard rows != drawn else { return }
        if isTerminal {
            let up = drawn.isEmpty ? "" : "\u{1b}[\(drawn.count)A"
            var last = ""
            let lines = rows.map { row in
                defer { last = row.pod }
                return
                    "\r\u{1b}[K  \(padded(row.pod == last ? "" : row.pod, 10, .bold)) \(padded(row.container, 10)) \(words(row.state))"
            }
            write(up + lines.joined(separator: "\n") + "\n")
        } else {
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            for row in rows where !drawn.contains(row) && row.state != .unknown {
                let time = String(format: "%5.1f s", seconds)
                say("  \(time)  \(padded(row.pod, 10)) \(padded(row.container, 10)) \(words(row.state))")
            }
        }
        drawn = rows
    }

    /// A log, indented, with nothing in it that a terminal would act on.
    func log(_ title: String, _ bytes: [UInt8]) {
        say("  " + painted(title, .cyan))
        let text = String(decoding: bytes, as: UTF8.self)
        for line in text.split(separator: "\n") {
            let plain = String(
                String.UnicodeScalarView(line.unicodeScalars.filter { $0.properties.generalCategory != .control }))
            say("    " + plain)
        }
    }

    private func words(_ state: DemoState) -> String {
        switch state {
        case .unknown: painted("·", .dim)
        case .waiting(let reason): painted("◌ waiting  \(reason)", .yellow)
        case .running: painted("● running", .cyan)
        case .ended(0, _): painted("✓ completed", .green)
        case .ended(let code, let why):
            painted("✗ failed with \(code)  \(why.prefix(34).filter { !$0.isNewline })", .red)
        case .leaving: painted("◌ deleted, and asked to end", .yellow)
        case .gone: painted("✓ gone", .green)
        }
    }

    private func padded(_ text: String, _ width: Int, _ colour: Colour? = nil) -> String {
        let padded = text.padding(toLength: width, withPad: " ", startingAt: 0)
        return colour.map { painted(padded, $0) } ?? padded
    }

    private func painted(_ text: String, _ colour: Colour) -> String {
        hasColours ? "\u{1b}[\(colour.rawValue)m\(text)\u{1b}[0m" : text
    }

    private func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}
