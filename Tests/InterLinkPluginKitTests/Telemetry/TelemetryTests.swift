import Testing

@testable import InterLinkPluginKit

@Suite struct TelemetryTests {
    private struct Trouble: Error {}

    private let recorder = LogRecorder()
    private let metrics = HostMetrics(registry: MetricsRegistry())

    @Test func aRequestIsCountedTimedAndLoggedWithItsSession() async {
        let telemetry = Telemetry(logger: Logger(to: recorder), metrics: metrics)
        let answer = await telemetry.request(route: "create", session: "CreatePod#7", traceparent: nil) { logger, _ in
            logger.info("x")
            return ("made", 200)
        }
        #expect(answer == "made")
        #expect(recorder.entries.first?["session"] == .text("CreatePod#7"))
        #expect(recorder.entries.first?["trace"] == nil)
        #expect(metrics.requests["create", "200"].value == 1)
        #expect(metrics.requestDurations["create"].count == 1)
    }

    @Test func aRecordedRequestTellsItsTraceAndBackendCallsBelongToIt() async throws {
        let pipeline = SpanPipeline(exporter: Nowhere(), resource: [], logger: Logger(to: recorder))
        let sampler = try Sampler.named("parentbased_always_on", argument: nil)
        let telemetry = Telemetry(
            logger: Logger(to: recorder), metrics: metrics, tracer: Tracer(pipeline: pipeline, sampler: sampler))
        let traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        await telemetry.request(route: "status", session: nil, traceparent: traceparent) { logger, span in
            logger.info("x")
            await telemetry.backendCall("list") { call in
                #expect(call.context?.traceID == span.context?.traceID)
                #expect(call.context != span.context)
            }
            return ((), 500)
        }
        #expect(recorder.entries.first?["trace"] == .text("4bf92f3577b34da6a3ce929d0e0e4736"))
        #expect(recorder.entries.first?["session"] == nil)
        #expect(metrics.backendCalls["list", "ok"].value == 1)
    }

    @Test func aBackendCallThatFailsIsCountedAsSuch() async {
        let telemetry = Telemetry(logger: Logger(to: recorder), metrics: metrics)
        await #expect(throws: Trouble.self) {
            try await telemetry.backendCall("submit") { _ in throw Trouble() }
        }
        #expect(metrics.backendCalls["submit", "error"].value == 1)
        #expect(metrics.backendCallDurations["submit"].count == 1)
    }

    private struct Nowhere: SpanExporter {
        func export(_ request: [UInt8]) async throws {}
    }
}
