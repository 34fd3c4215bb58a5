/// Logger, metrics and tracer of the host, and what they tell of every request.
package struct Telemetry: Sendable {
    package let logger: Logger
    package let metrics: HostMetrics
    package let tracer: Tracer

    package init(logger: Logger, metrics: HostMetrics, tracer: Tracer = .off) {
        self.logger = logger
        self.metrics = metrics
        self.tracer = tracer
    }

    /// Answers a request: counts and times it, and puts it into a span.
    ///
    /// `session` is what the header `InterLink-Http-Session` says, and `traceparent` the header of that name.
    package func request<Answer>(
        _ meter: RouteMeter, session: String?, traceparent: String?, isolation: isolated (any Actor)? = #isolation,
        _ body: (RequestScope) async -> (answer: Answer, status: Int)
    ) async -> Answer {
        let start = ContinuousClock.now
        let parent = traceparent.flatMap(TraceContext.init(traceparent:))
        return await tracer.withSpan(meter.route, kind: .server, parent: parent) { span in
            span.set("http.route", meter.route)
            span.set("interlink.session", session)
            let (answer, status) = await body(RequestScope(span: span, session: session, logger: logger))
            span.set("http.response.status_code", status)
            if status >= 500 { span.fail("answered \(status)") }
            meter.answered(status, since: start)
            return answer
        }
    }
}

/// What a request is told with: its span, and a logger that is made when there is something to tell.
package struct RequestScope: Sendable {
    package let span: TraceSpan
    private let session: String?
    private let base: Logger

    init(span: TraceSpan, session: String?, logger: Logger) {
        self.span = span
        self.session = session
        base = logger
    }

    /// Tells the session and, when the trace is recorded, the trace with every line.
    package var logger: Logger {
        base.with(["session": session, "trace": span.isRecording ? span.context?.traceIDText : nil])
    }
}
