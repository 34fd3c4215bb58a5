/// What happened when, in a bounded number of spans of equal length: when they do not suffice, two become one.
struct Timeline<Span: TimelineSpan>: Sendable {
    private static var capacity: Int { 240 }

    private(set) var width = Duration.milliseconds(500)
    private(set) var spans: [Span] = []

    /// Changes the span of that moment.
    mutating func change(at moment: Duration, _ body: (inout Span) -> Void) {
        var index = index(of: moment)
        while index >= Self.capacity {
            halve()
            index = self.index(of: moment)
        }
        while spans.count <= index { spans.append(Span()) }
        body(&spans[index])
    }

    private func index(of moment: Duration) -> Int { max(0, Int(moment.inSeconds / width.inSeconds)) }

    private mutating func halve() {
        width = width * 2
        var halved: [Span] = []
        for index in stride(from: 0, to: spans.count, by: 2) {
            var span = spans[index]
            if index + 1 < spans.count { span.add(spans[index + 1]) }
            halved.append(span)
        }
        spans = halved
    }
}

/// What is kept of a span of time.
protocol TimelineSpan: Sendable {
    init()
    /// Takes in what happened in the span behind it.
    mutating func add(_ next: Self)
}

/// Calls that were answered in a span.
struct CallSpan: TimelineSpan {
    var times = LatencyHistogram()
    var errors = 0

    mutating func add(_ next: CallSpan) {
        times.add(next.times)
        errors += next.errors
    }
}

/// What a process used in a span.
struct UseSpan: TimelineSpan {
    var memory = 0
    var processorTime = Duration.zero

    mutating func add(_ next: UseSpan) {
        memory = max(memory, next.memory)
        processorTime += next.processorTime
    }
}
