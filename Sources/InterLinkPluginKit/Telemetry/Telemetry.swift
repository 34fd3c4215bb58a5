/// Logger, metrics and tracer of the host, and what they tell of every request and every call of the backend.
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
    /// `session` is what the header `InterLink-Http-Session` says, and `traceparent` the header of that name. The logger
    /// that `body` gets tells the session and, when the trace is recorded, the trace with every line.
    package func request<Answer>(
        route: String, session: String?, traceparent: String?, isolation: isolated (any Actor)? = #isolation,
        _ body: (Logger, TraceSpan) async -> (answer: Answer, status: Int)
    ) async -> Answer {
        let start = ContinuousClock.now
        let parent = traceparent.flatMap(TraceContext.init(traceparent:))
        return await tracer.withSpan(route, kind: .server, parent: parent) { span in
            span.set("http.route", route)
            span.set("interlink.session", session)
            let trace = span.isRecording ? span.context?.traceIDText : nil
            let (answer, status) = await body(logger.with(["session": session, "trace": trace]), span)
            span.set("http.response.status_code", status)
            if status >= 500 { span.fail("answered \(status)") }
            metrics.requests[route, "\(status)"].add()
            metrics.requestDurations[route].observe(ContinuousClock.now - start)
            return answer
        }
    }

    /// Makes a call of the backend: counts and times it, and puts it into a span.
    ///
    /// `call` is the name of the function; it becomes a label, so it never holds the name of a pod.
    package func backendCall<Result, Failure: Error>(
        _ call: String, isolation: isolated (any Actor)? = #isolation,
        _ body: (TraceSpan) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let start = ContinuousClock.now
        do {
            let result = try await tracer.withSpan("backend \(call)", kind: .client, body)
            tell(call, "ok", since: start)
            return result
        } catch {
            tell(call, "error", since: start)
            throw error
        }
    }

    private func tell(_ call: String, _ outcome: String, since start: ContinuousClock.Instant) {
        metrics.backendCalls[call, outcome].add()
        metrics.backendCallDurations[call].observe(ContinuousClock.now - start)
    }
}
