/// Makes spans.
///
/// ```swift
/// try await tracer.withSpan("submit", kind: .client) { span in
///     span.set("pod", uid)
///     try await submit()
/// }
/// ```
/// Spans inside the closure, in tasks that it starts too, become children of this one.
public struct Tracer: Sendable {
    /// Makes none, at no cost.
    public static let off = Tracer(pipeline: nil, sampler: Sampler(root: .never, followsParent: false))

    private let pipeline: SpanPipeline?
    private let sampler: Sampler

    /// A tracer that exports in the background, until `shutDown`.
    ///
    /// - Parameters:
    ///   - settings: Where to and what, from the environment; nil for no traces.
    ///   - exporter: What sends the spans; needed for `https` collectors only.
    ///   - logger: Where trouble with the collector is told.
    /// - Throws: If the endpoint needs an exporter.
    public init(
        settings: TraceSettings?, exporter: (any SpanExporter)? = nil, logger: Logger
    ) throws(ConfigurationError) {
        guard let settings else {
            self = .off
            return
        }
        let chosen: any SpanExporter
        if let exporter { chosen = exporter } else { chosen = try PlainHTTPExporter(settings: settings) }
        let pipeline = SpanPipeline(exporter: chosen, resource: settings.resource, logger: logger)
        pipeline.start()
        self.init(pipeline: pipeline, sampler: settings.sampler)
    }

    init(pipeline: SpanPipeline?, sampler: Sampler) {
        self.pipeline = pipeline
        self.sampler = sampler
    }

    /// Spans that were lost: too many at once, or a collector that was away too long.
    public var droppedSpans: Int { pipeline?.droppedSpans ?? 0 }

    /// Begins a span; whoever begins it ends it.
    public func span(
        _ name: @autoclosure () -> String, kind: SpanKind = .internal,
        parent: @autoclosure () -> TraceContext? = TraceContext.current
    ) -> TraceSpan {
        guard let pipeline else { return .off }
        let parent = parent()
        var generator = SystemRandomNumberGenerator()
        let traceID =
            parent?.traceID
            ?? .init(high: .random(in: 1 ... .max, using: &generator), low: .random(in: 0 ... .max, using: &generator))
        let context = TraceContext(
            traceID: traceID, spanID: .random(in: 1 ... .max, using: &generator),
            isSampled: sampler.samples(traceID, parent: parent))
        guard context.isSampled else { return TraceSpan(context: context, recording: nil) }
        let now = WallTime.now
        let span = FinishedSpan(
            name: name(), kind: kind, context: context, parentSpanID: parent?.spanID, start: now, end: now)
        return TraceSpan(context: context, recording: SpanRecording(span, pipeline: pipeline))
    }

    /// Runs `body` in a span of its own, which fails if `body` throws.
    public func withSpan<Result, Failure: Error>(
        _ name: @autoclosure () -> String, kind: SpanKind = .internal,
        parent: @autoclosure () -> TraceContext? = TraceContext.current,
        isolation: isolated (any Actor)? = #isolation, _ body: (TraceSpan) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        guard pipeline != nil else { return try await body(.off) }
        let span = span(name(), kind: kind, parent: parent())
        defer { span.end() }
        let outcome = await TraceContext.$current.withValue(span.context) {
            do throws(Failure) {
                return Swift.Result<Result, Failure>.success(try await body(span))
            } catch {
                span.fail("\(error)")
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    /// Exports what is there and stops, but takes no longer than `limit`.
    public func shutDown(within limit: Duration) async { await pipeline?.shutDown(within: limit) }
}
