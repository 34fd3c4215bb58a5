/// When the bytes of a log were written, as far as that is known.
///
/// The time of a line is the earliest second at which its first byte is known to have been there: that of the first
/// entry of the index beyond it, or else the time when the log was last modified. So it is true to a second where there
/// is an index, and never earlier than the truth where there is none. Where a clock was set back, times stand still
/// until it has caught up.
struct TimeIndex: Sendable {
    private let opener: LogOpener
    private let bytes: LogBytes?

    init(_ bytes: LogBytes?, _ opener: LogOpener) {
        self.bytes = bytes
        self.opener = opener
    }

    /// Where what was written at `second` or later begins, in a log of `end` bytes that was last modified at `modified`.
    func start(since second: Int64, end: Int64, modified: Int64) async throws -> Int64 {
        var start: Int64 = 0
        if let bytes, let (index, extent) = try await opener.open(bytes) {
            let position = try await TimeIndexEntries.position(
                before: { $0.second >= second }, in: index, size: extent.size)
            var entries = TimeIndexEntries(index, from: position)
            while let entry = try await entries.next() {
                if entry.second >= second { return min(start, end) }
                start = max(start, entry.offset)
            }
        }
        return modified >= second ? min(start, end) : end
    }

    /// The times of lines from `offset` on.
    func cursor(at offset: Int64) async throws -> TimeIndexCursor {
        guard let bytes else { return TimeIndexCursor(nil) }
        guard let (index, extent) = try await opener.open(bytes) else { return TimeIndexCursor(nil) }
        let position = try await TimeIndexEntries.position(before: { $0.offset > offset }, in: index, size: extent.size)
        return TimeIndexCursor(TimeIndexEntries(index, from: position))
    }
}

/// A position in a time index that moves on with the lines of the log.
struct TimeIndexCursor {
    private var entries: TimeIndexEntries?
    private var current: TimeIndexEntry?
    private var latest: Int64 = 0

    var hasIndex: Bool { entries != nil }

    init(_ entries: TimeIndexEntries?) {
        self.entries = entries
    }

    /// The time of a line that begins at `offset`, and where the lines end that share it; `nil` if that is not known.
    /// `known` is when the byte at `offset` was certainly there.
    mutating func time(at offset: Int64, known: Int64) async throws -> (second: Int64, until: Int64?) {
        while true {
            if let current {
                if current.offset > offset { return (max(latest, current.second), current.offset) }
                latest = max(latest, current.second)
                self.current = nil
            }
            guard let next = try await entries?.next() else { return (max(latest, known), nil) }
            current = next
        }
    }
}
