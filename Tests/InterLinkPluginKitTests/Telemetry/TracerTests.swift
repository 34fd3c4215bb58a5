import Foundation
import InterLinkSystem
import Testing

@testable import InterLinkPluginKit

@Suite(.timeLimit(.minutes(2))) struct TracerTests {
    private struct Trouble: Error {}

    private func tracer(
        _ exporter: any SpanExporter, sampler: String = "parentbased_always_on", limit: Int = 4096,
        interval: Duration = .milliseconds(5), logger: Logger = Logger(to: LogRecorder())
    ) throws -> Tracer {
        let pipeline = SpanPipeline(
            exporter: exporter, resource: [("service.name", "test")], logger: logger, limit: limit, interval: interval)
        pipeline.start()
        return Tracer(pipeline: pipeline, sampler: try Sampler.named(sampler, argument: nil))
    }

    @Test func aTinyCollectorReceivesTheSpans() async throws {
        let collector = Collector()
        async let served: Void = collector.serve(1)
        let settings = try TraceSettings(
            environment: [
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:\(collector.port)",
                "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20abc",
            ], serviceName: "test")
        let tracer = try Tracer(settings: settings, logger: Logger(to: LogRecorder()))
        let parent = TraceContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        await tracer.withSpan("create \"x\"\n", kind: .server, parent: parent) { span in
            span.set("InterLink-Http-Session", "CreatePod#7")
            span.set("attempt", 3)
            span.set("share", 0.5)
            span.set("ok", true)
            span.set("token", SensitiveText("hunter2"))
        }
        await tracer.shutDown(within: .seconds(60))
        await served
        let request = try #require(collector.received.first)
        #expect(request.head.hasPrefix("POST /v1/traces HTTP/1.1\r\nHost: localhost:\(collector.port)\r\n"))
        #expect(request.head.contains("Content-Type: application/json"))
        #expect(request.head.contains("authorization: Bearer abc"))
        #expect(!request.body.contains("hunter2"))
        #expect(request.body.contains(#"{"key":"service.name","value":{"stringValue":"test"}}"#))
        let span = try #require(try KeepingExporter.spans(Array(request.body.utf8)).first)
        #expect(span["name"] as? String == "create \"x\"\n")
        #expect(span["kind"] as? Int == 2)
        #expect(span["traceId"] as? String == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(span["parentSpanId"] as? String == "00f067aa0ba902b7")
        #expect((span["spanId"] as? String)?.count == 16)
        let start = try #require((span["startTimeUnixNano"] as? String).flatMap { Int64($0) })
        let end = try #require((span["endTimeUnixNano"] as? String).flatMap { Int64($0) })
        #expect(start <= end && start > 1_700_000_000_000_000_000)
        let attributes = try #require(span["attributes"] as? [[String: Any]])
        #expect(
            attributes.map { $0["key"] as? String } == ["InterLink-Http-Session", "attempt", "share", "ok", "token"])
        #expect((attributes[1]["value"] as? [String: Any])?["intValue"] as? String == "3")
        #expect(tracer.droppedSpans == 0)
    }

    @Test func childrenKnowTheirParents() async throws {
        let exporter = KeepingExporter()
        let tracer = try tracer(exporter)
        await tracer.withSpan("outer") { outer in
            #expect(TraceContext.current == outer.context)
            async let inner: Void = tracer.withSpan("inner") { _ in }
            await inner
        }
        #expect(TraceContext.current == nil)
        await #expect(throws: Trouble.self) {
            try await tracer.withSpan("failing") { _ in throw Trouble() }
        }
        await tracer.shutDown(within: .seconds(60))
        let spans = Dictionary(uniqueKeysWithValues: try exporter.spans().map { ($0["name"] as? String, $0) })
        #expect(spans["inner"]?["parentSpanId"] as? String == spans["outer"]?["spanId"] as? String)
        #expect(spans["inner"]?["traceId"] as? String == spans["outer"]?["traceId"] as? String)
        #expect(spans["outer"]?["parentSpanId"] == nil)
        #expect((spans["failing"]?["status"] as? [String: Any])?["code"] as? Int == 2)
    }

    @Test func spansThatAreNotSampledAreNotExportedNorTheirChildren() async throws {
        let exporter = KeepingExporter()
        let tracer = try tracer(exporter, sampler: "parentbased_always_off")
        await tracer.withSpan("outer") { span in
            #expect(!span.isRecording)
            #expect(span.context?.isSampled == false)
            await tracer.withSpan("inner") { #expect(!$0.isRecording) }
        }
        await tracer.shutDown(within: .seconds(60))
        #expect(try exporter.spans().isEmpty)
    }

    @Test func offDoesNothingAtAll() async {
        func made() -> String {
            Issue.record("made")
            return ""
        }
        await Tracer.off.withSpan(made()) { span in
            span.set("a", made())
            span.fail(made())
            #expect(span.context == nil)
            #expect(TraceContext.current == nil)
        }
        await Tracer.off.shutDown(within: .seconds(1))
    }

    @Test func aSpanEndsOnce() async throws {
        let exporter = KeepingExporter()
        let tracer = try tracer(exporter)
        let span = tracer.span("x")
        span.end()
        span.set("late", 1)
        span.end()
        await tracer.shutDown(within: .seconds(60))
        #expect(try exporter.spans().count == 1)
    }

    @Test func whatDoesNotFitIsDroppedAndCounted() async throws {
        let tracer = try tracer(KeepingExporter(), limit: 10, interval: .seconds(3600))
        for _ in 0..<25 { tracer.span("x").end() }
        #expect(tracer.droppedSpans == 15)
    }

    @Test func spansAreKeptWhileACollectorIsAwayAndTroubleIsToldOnce() async throws {
        let away = SpanExportError("away", mayRetry: true)
        let exporter = KeepingExporter(failures: [away, away])
        let recorder = LogRecorder()
        let tracer = try tracer(exporter, logger: Logger(to: recorder))
        tracer.span("x").end()
        while recorder.entries.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(recorder.entries.map(\.level) == [.warning, .notice])
        #expect(recorder.entries.first?["error"] == .text("away"))
        #expect(try exporter.spans().count == 1)
        #expect(tracer.droppedSpans == 0)
        await tracer.shutDown(within: .seconds(60))
    }

    @Test func aBatchThatTheCollectorRefusesIsDropped() async throws {
        let exporter = KeepingExporter(failures: [SpanExportError("bad", mayRetry: false)])
        let tracer = try tracer(exporter)
        tracer.span("x").end()
        while tracer.droppedSpans == 0 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(tracer.droppedSpans == 1)
        await tracer.shutDown(within: .seconds(60))
        #expect(try exporter.spans().isEmpty)
    }

    @Test(arguments: [
        ("HTTP/1.1 503 No\r\n\r\n", true), ("HTTP/1.1 400 Bad\r\n\r\n", false), ("SSH-2.0-x\r\n", true), ("", true),
    ])
    func answersOfTheCollectorAreUnderstood(answer: String, mayRetry: Bool) async throws {
        let collector = Collector { _ in answer }
        async let served: Void = collector.serve(1)
        let exporter = try exporter("http://127.0.0.1:\(collector.port)/")
        await #expect {
            try await exporter.export([0x7B, 0x7D])
        } throws: { error in
            (error as? SpanExportError)?.mayRetry == mayRetry
        }
        await served
    }

    @Test func aCollectorThatIsNotThereOrSilentIsGivenUp() async throws {
        let silent = Collector()
        let exporter = try exporter("http://127.0.0.1:\(silent.port)/", milliseconds: 50)
        await #expect(throws: SpanExportError.self) { try await exporter.export([1]) }
        let nobody = try self.exporter("http://127.0.0.1:1/")
        await #expect(throws: SystemError.self) { try await nobody.export([1]) }
    }

    private func exporter(_ endpoint: String, milliseconds: Int = 60_000) throws -> PlainHTTPExporter {
        let settings = try #require(
            try TraceSettings(
                environment: [
                    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": endpoint, "OTEL_EXPORTER_OTLP_TIMEOUT": "\(milliseconds)",
                ], serviceName: "test"))
        return try PlainHTTPExporter(settings: settings)
    }
}
