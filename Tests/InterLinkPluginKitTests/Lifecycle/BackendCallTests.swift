import InterLinkSystem
import InterLinkTesting
import Testing

@testable import InterLinkPluginKit

/// Calls of a backend, as traces and metrics show them.
@Suite struct BackendCallTests {
    private let exporter = KeepingExporter()

    /// The only span of that name, after everything was exported.
    private func span(_ name: String) throws -> [String: Any] {
        let spans = try exporter.spans().filter { $0["name"] as? String == name }
        #expect(spans.count == 1)
        return try #require(spans.first)
    }

    @Test func callsBelongToTheRequestsThatWantThemAndTheRestToNone() async throws {
        let tracer = try Tracer.recording(to: exporter)
        let rig = try await Rig(tracer: tracer)
        let created = try await tracer.withSpan("create", kind: .server) { span in
            try await rig.createAndAnswer(1)
            return span.context
        }
        let deleted = try await tracer.withSpan("delete", kind: .server) { span in
            try await rig.delete(1)
            return span.context
        }
        try await rig.turn { try rig.tracked(1) == nil }
        await rig.end()
        await tracer.shutDown(within: .seconds(60))
        for (name, request) in [("backend submit", created), ("backend stop", deleted)] {
            let request = try #require(request)
            let span = try span(name)
            #expect(span["traceId"] as? String == request.traceIDText)
            #expect(span["parentSpanId"] as? String == request.spanIDText)
            #expect(span["kind"] as? Int == SpanKind.client.rawValue)
        }
        let lists = try exporter.spans().filter { $0["name"] as? String == "backend list" }
        #expect(!lists.isEmpty && lists.allSatisfy { $0["parentSpanId"] == nil })
    }

    @Test(arguments: [(ScriptedFault.fail, "a failure to order"), (.hang, "no answer within 60.0 seconds")])
    func aCallThatFailsSaysWhyInItsSpan(fault: ScriptedFault, why: String) async throws {
        let tracer = try Tracer.recording(to: exporter)
        let clock = TurnableClock()
        let backend = ScriptedBackend(clock: clock)
        backend.order(fault, for: .list)
        let calls = BackendCalls(plugin: ScriptedPlugin(backend), clock: clock, tracer: tracer, report: { _ in })
        async let outcome = calls.call(.list, within: .seconds(60)) { try await $0.list(at: Placement(site: "here")) }
        await clock.quiet()
        await clock.turn(by: .seconds(60))
        if case .done = await outcome { Issue.record("it did not fail") }
        await tracer.shutDown(within: .seconds(60))
        #expect((try span("backend list")["status"] as? [String: Any])?["message"] as? String == why)
    }

    @Test func whatThePluginDoesInACallBelongsToTheCall() async throws {
        let tracer = try Tracer.recording(to: exporter)
        let calls = BackendCalls(
            plugin: ScriptedPlugin(ScriptedBackend(clock: SystemTimeSource())), clock: SystemTimeSource(),
            tracer: tracer, report: { _ in })
        let inner = await calls.call(.find, within: .seconds(600)) { _ in TraceContext.current }
        await tracer.shutDown(within: .seconds(60))
        guard case .done(let context?) = inner else {
            Issue.record("there is no trace in the call")
            return
        }
        #expect(try span("backend find")["spanId"] as? String == context.spanIDText)
    }

    @Test func howOftenTheBackendIsAskedIsTold() async throws {
        let rig = try await Rig()
        rig.backend.offerRefresh()
        try await rig.createAndAnswer(1)
        func paces(_ wanted: BackendCall) -> [Duration] {
            rig.notes.withLock { $0 }.compactMap { note in
                if case .paced(wanted, let pause) = note { pause } else { nil }
            }
        }
        try await rig.turn { paces(.list).last == rig.settings.listCeiling }
        try await rig.turn { paces(.refresh).last == rig.settings.refreshFloor }
        #expect(paces(.list).allSatisfy { $0 >= rig.settings.listFloor })
        await rig.end()
    }
}
