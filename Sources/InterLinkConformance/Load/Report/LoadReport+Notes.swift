import InterLinkHTTPClient
import InterLinkSystem

// From what was noted while the load ran to what is told of it.

extension LoadReport.Plugin {
    init(_ target: LoadTarget, _ record: ProcessWatch.Record?) {
        let notes = target.notes.withLock { $0 }
        endpoint = target.endpoint
        created = target.fleet.count { $0.view?.isKnown == true }
        ended = target.fleet.count(where: \.hasEnded)
        calls = LoadCall.allCases.compactMap { call in notes.calls[call].map { LoadReport.Call(call, $0) } }
        judged = notes.truth.judged
        untruths = Untruth.Kind.allCases.compactMap { kind in
            notes.truth.counts[kind].map {
                LoadReport.UntruthCount(kind: kind, count: $0.count, examples: $0.examples)
            }
        }
        staleness = LoadReport.Delay.Kind.allCases.compactMap { LoadReport.Delay($0, notes.staleness) }
        process = record.map(LoadReport.Process.init)
        leftBehind = notes.leftBehind
    }
}

extension LoadReport.Call {
    fileprivate init(_ call: LoadCall, _ tally: CallTally) {
        self.call = call
        answered = tally.times.count
        failures = tally.failures
        times = LoadReport.Times(tally.times)
        errors = tally.errors.map {
            LoadReport.ErrorCount(kind: $0.key, count: $0.value.count, example: $0.value.example)
        }
        .sorted { ($1.count, $0.kind) < ($0.count, $1.kind) }
        let width = tally.timeline.width
        course = tally.timeline.spans.enumerated().map { index, span in
            let percentiles = span.times.percentiles([0.5, 0.99])
            return LoadReport.CoursePoint(
                at: width * index, rate: Double(span.times.count) / width.inSeconds, p50: percentiles.first,
                p99: percentiles.last, errors: span.errors)
        }
    }
}

extension LoadReport.Times {
    /// Shares for a curve on which the slow ones have room.
    private static let shares: [Double] = [
        0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998, 0.999,
        0.9995, 0.9999, 1,
    ]

    /// Nil if there is nothing to tell of.
    init?(_ histogram: LatencyHistogram) {
        guard histogram.count > 0 else { return nil }
        let times = histogram.percentiles([0.5, 0.9, 0.99])
        p50 = times[0]
        p90 = times[1]
        p99 = times[2]
        maximum = histogram.maximum
        mean = histogram.total / histogram.count
        curve = Array(zip(Self.shares, histogram.percentiles(Self.shares))).map { Point(share: $0.0, time: $0.1) }
    }
}

extension LoadReport.Delay {
    fileprivate init?(_ kind: Kind, _ tally: StalenessTally) {
        let histogram =
            switch kind {
            case .start: tally.starts
            case .end: tally.ends
            case .heldBack: tally.heldBack
            case .line: tally.lines
            }
        guard let times = LoadReport.Times(histogram) else { return nil }
        self.kind = kind
        count = histogram.count
        self.times = times
        isCoarse = tally.isCoarse && kind != .heldBack
    }
}

extension LoadReport.Process {
    fileprivate init(_ record: ProcessWatch.Record) {
        id = record.process
        memoryAtStart = record.first.memory
        memoryAtEnd = record.last.memory
        memoryAtMost = record.highest
        processorTime = record.last.processorTime - record.first.processorTime
        hasEnded = record.hasEnded
        let width = record.timeline.width
        course = record.timeline.spans.enumerated().compactMap { index, span in
            // Spans shorter than the watch's second are empty now and then.
            guard span.memory > 0 else { return nil }
            let seconds = max(1, width.inSeconds)
            return UsePoint(
                at: width * index, memory: span.memory, processors: span.processorTime.inSeconds / seconds)
        }
    }
}
