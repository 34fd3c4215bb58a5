import InterLinkSystem

/// Writes lines with fields.
///
/// A logger is a small value: pass it on, and give parts of the program their own with the fields they always tell.
/// ```swift
/// let podLogger = logger.with(["pod": uid, "namespace": namespace])
/// podLogger.notice("job submitted", ["job": jobID])
/// ```
/// Messages and fields are only made when the level is logged. Values cannot forge lines or fields, whatever is in them.
public struct Logger: Sendable {
    /// Lines that matter less are not written.
    public var level: LogLevel
    private let destination: any LogDestination
    private var fields: LogFields = [:]

    /// A logger that writes to `destination`.
    public init(level: LogLevel = .info, to destination: any LogDestination = StandardErrorLog.shared) {
        self.level = level
        self.destination = destination
    }

    /// A logger that adds `fields` to every line.
    public func with(_ fields: LogFields) -> Logger {
        var child = self
        child.fields.add(fields)
        return child
    }

    /// Writes a line.
    public func log(
        _ level: LogLevel, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        guard level >= self.level else { return }
        var all = self.fields
        all.add(fields())
        destination.write(LogEntry(time: .now, level: level, message: message(), fields: all))
    }

    /// Writes a line for whoever looks for a fault.
    public func debug(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.debug, message(), fields())
    }

    /// Writes a line about the normal course of things.
    public func info(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.info, message(), fields())
    }

    /// Writes a line that is worth knowing.
    public func notice(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.notice, message(), fields())
    }

    /// Writes a line about something that went wrong and was dealt with.
    public func warning(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.warning, message(), fields())
    }

    /// Writes a line about something that went wrong and needs somebody.
    public func error(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.error, message(), fields())
    }
}

/// Where lines go.
public protocol LogDestination: Sendable {
    /// Takes one line. It must not block for long.
    func write(_ entry: LogEntry)
}

/// One line of the log, before it is written.
public struct LogEntry: Sendable {
    /// When it was made.
    public let time: WallTime
    /// How much it matters.
    public let level: LogLevel
    /// What happened.
    public let message: String
    /// What it happened to.
    public let fields: LogFields

    /// The value of a field.
    public subscript(name: String) -> LogScalar? { fields.all.first { $0.name == name }?.value }
}

/// Keeps the lines in memory, for tests.
public final class LogRecorder: LogDestination {
    private let lines = Lock<[LogEntry]>([])

    /// Without lines so far.
    public init() {}

    /// The lines so far.
    public var entries: [LogEntry] { lines.withLock { $0 } }

    /// Keeps a line.
    public func write(_ entry: LogEntry) { lines.withLock { $0.append(entry) } }
}
