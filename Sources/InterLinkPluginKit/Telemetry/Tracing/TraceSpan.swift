import InterLinkSystem

/// What a span is to its caller.
public enum SpanKind: Int, Sendable {
    /// Something that this program does by itself.
    case `internal` = 1
    /// A request that this program answers.
    case server = 2
    /// A call that this program makes.
    case client = 3
}

/// A stretch of work in a trace. Costs nothing when traces are off or this one is not recorded.
public struct TraceSpan: Sendable {
    /// Its place in the trace, for calls that belong to it; nil when traces are off.
    public let context: TraceContext?
    private let recording: SpanRecording?

    static let off = TraceSpan(context: nil, recording: nil)

    init(context: TraceContext?, recording: SpanRecording?) {
        self.context = context
        self.recording = recording
    }

    /// Whether anything that is set is kept.
    public var isRecording: Bool { recording != nil }

    /// Sets an attribute; nil sets nothing. The value is not even made when nothing is recorded.
    public func set(_ name: String, _ value: @autoclosure () -> (any LogValue)?) {
        guard let recording, let value = value() else { return }
        recording.change { span in
            span.attributes.removeAll { $0.name == name }
            // A bound that no sensible span meets, so that a loop cannot fill the memory.
            if span.attributes.count < 64 { span.attributes.append((name, value.logScalar)) }
        }
    }

    /// Marks the work as failed, and says why.
    public func fail(_ message: @autoclosure () -> String) {
        guard let recording else { return }
        let message = message()
        recording.change { $0.failure = message }
    }

    /// Ends the span. What comes after is ignored.
    public func end() { recording?.end() }
}

/// A span as it is exported.
struct FinishedSpan: Sendable {
    var name: String
    var kind: SpanKind
    var context: TraceContext
    var parentSpanID: UInt64?
    var start: WallTime
    var end: WallTime
    var attributes: [(name: String, value: LogScalar)] = []
    var failure: String?
}

/// A span that is still going on.
final class SpanRecording: Sendable {
    private let span: Lock<FinishedSpan?>
    private let started = ContinuousClock.now
    private let pipeline: SpanPipeline

    init(_ span: FinishedSpan, pipeline: SpanPipeline) {
        self.span = Lock(span)
        self.pipeline = pipeline
    }

    func change(_ change: (inout FinishedSpan) -> Void) {
        span.withLock { span in
            guard var changed = span else { return }
            span = nil
            change(&changed)
            span = changed
        }
    }

    func end() {
        let taken = span.withLock { span in
            defer { span = nil }
            return span
        }
        guard var taken else { return }
        // Measured by the clock that nobody sets, so that no span ends before it starts.
        let (seconds, attoseconds) = (ContinuousClock.now - started).components
        taken.end = WallTime(
            nanoseconds: taken.start.nanoseconds + seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
        pipeline.add(taken)
    }
}
