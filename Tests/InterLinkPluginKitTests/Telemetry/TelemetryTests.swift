import Testing

@testable import InterLinkPluginKit

@Suite struct TelemetryTests {
    private let recorder = LogRecorder()
    private let metrics = HostMetrics(registry: MetricsRegistry())

    @Test func aRequestIsCountedTimedAndLoggedWithItsSession() async {
        let telemetry = Telemetry(logger: Logger(to: recorder), metrics: metrics)
        let meter = RouteMeter("create", metrics)
        for status in [200, 409] {
            let answer = await telemetry.request(meter, session: "CreatePod#7", traceparent: nil) { scope in
                scope.logger.info("x")
                return ("made", status)
            }
            #expect(answer == "made")
        }
        #expect(recorder.entries.first?["session"] == .text("CreatePod#7"))
        #expect(recorder.entries.first?["trace"] == nil)
        #expect(["200", "409"].map { metrics.requests["create", $0].value } == [1, 1])
        #expect(metrics.requestDurations["create"].count == 2)
    }

    @Test func aRecordedRequestTellsItsTraceAndWorkInItBelongsToIt() async throws {
        let exporter = KeepingExporter()
        let telemetry = Telemetry(
            logger: Logger(to: recorder), metrics: metrics, tracer: try .recording(to: exporter))
        let traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let meter = RouteMeter("status", metrics)
        await telemetry.request(meter, session: nil, traceparent: traceparent) { scope in
            scope.logger.info("x")
            #expect(TraceContext.current == scope.span.context)
            return ((), 500)
        }
        await telemetry.tracer.shutDown(within: .seconds(60))
        #expect(recorder.entries.first?["trace"] == .text("4bf92f3577b34da6a3ce929d0e0e4736"))
        #expect(recorder.entries.first?["session"] == nil)
        let span = try #require(exporter.spans().first)
        #expect(span["parentSpanId"] as? String == "00f067aa0ba902b7")
        #expect((span["status"] as? [String: Any])?["message"] as? String == "answered 500")
    }
}
