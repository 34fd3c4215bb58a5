/// How late the truth is told, by the times that the containers print.
struct StalenessTally: Sendable {
    /// From the first line of a container to the first answer that tells it runs.
    private(set) var starts = LatencyHistogram()
    /// From the last line to the first answer that tells the end. The pause between two rounds is in it.
    private(set) var ends = LatencyHistogram()
    /// How long after the end an answer still told otherwise: what is the plugin's alone.
    private(set) var heldBack = LatencyHistogram()
    /// From a line of a followed log to its arrival.
    private(set) var lines = LatencyHistogram()
    /// The clock of the containers tells whole seconds only, so that times may be a second too long.
    private(set) var isCoarse = false

    mutating func noteStart(_ printed: WallTime, seen: WallTime) { note(printed, seen, in: \.starts) }

    mutating func noteEnd(_ printed: WallTime, seen: WallTime, lastAskedAlive: WallTime?) {
        note(printed, seen, in: \.ends)
        guard let lastAskedAlive else { return }
        heldBack.note(.seconds(lastAskedAlive.seconds - printed.seconds - printed.doubt))
    }

    mutating func noteLine(_ printed: WallTime, seen: WallTime) { note(printed, seen, in: \.lines) }

    private mutating func note(
        _ printed: WallTime, _ seen: WallTime, in histogram: WritableKeyPath<StalenessTally, LatencyHistogram>
    ) {
        if printed.doubt > 0 { isCoarse = true }
        self[keyPath: histogram].note(.seconds(seen.seconds - printed.seconds))
    }
}
