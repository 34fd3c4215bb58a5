import Glibc

/// Writes lines to the standard error stream: for people, for machines, or for the journal of systemd.
public final class StandardErrorLog: LogDestination {
    /// Lines for people; with priorities when the stream is the journal.
    public static let shared = StandardErrorLog(format: .text)

    private let writer: LineWriter
    private let format: LogFormat
    private let isJournal: Bool

    /// A log of this format.
    public convenience init(format: LogFormat) {
        self.init(
            format: format, descriptor: STDERR_FILENO,
            isJournal: Self.isJournal(STDERR_FILENO, told: getenv("JOURNAL_STREAM").map { String(cString: $0) }))
    }

    init(format: LogFormat, descriptor: Int32, isJournal: Bool) {
        writer = LineWriter(descriptor: descriptor)
        self.format = format
        self.isJournal = isJournal
    }

    /// Writes a line, now or, when the reader is slow, as soon as it can take it.
    public func write(_ entry: LogEntry) { writer.write(entry.line(format, forJournal: isJournal)) }

    /// Lines that were dropped because the reader was too slow for too long.
    public var droppedLines: Int { writer.droppedLines }

    /// Waits for lines that a slow reader has not taken yet; before the process ends.
    public func flush(within limit: Duration) async { await writer.flush(within: limit) }

    /// systemd tells device and inode of the stream that it connected to the journal; a redirected one has others.
    static func isJournal(_ descriptor: Int32, told: String?) -> Bool {
        var facts = stat()
        return fstat(descriptor, &facts) == 0 && told == "\(facts.st_dev):\(facts.st_ino)"
    }
}
