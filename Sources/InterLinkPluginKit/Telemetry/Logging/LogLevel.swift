/// How much a line of the log matters.
public enum LogLevel: String, CaseIterable, Comparable, Decodable, Sendable {
    /// For whoever looks for a fault.
    case debug
    /// What happens in the normal course of things.
    case info
    /// Normal, and worth knowing.
    case notice
    /// Something went wrong and was dealt with.
    case warning
    /// Something went wrong and needs somebody.
    case error

    /// The priority that the journal and syslog give such a line.
    var priority: Int {
        switch self {
        case .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        }
    }

    /// Whether the left level matters less.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.priority > right.priority }
}
