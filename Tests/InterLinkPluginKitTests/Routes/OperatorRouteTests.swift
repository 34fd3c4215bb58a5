import InterLinkPluginKit
import InterLinkTesting
import LosslessJSON
import Testing

// One host at a time: each holds a dozen descriptors, and other suites need theirs.
@Suite(.serialized) struct OperatorRouteTests {
    @Test func aPingIsAnsweredWhateverTheBackendIsLike() async throws {
        try await ScriptedHost.run { scripted in
            #expect(try await scripted.host.ping().text == #"{"status":"ok"}"#)
            _ = try await scripted.host.create(Body.create())
            scripted.backend.order(.fail, for: .list, times: .max)
            try await scripted.turn { try await scripted.host.ping().text.contains("listing jobs at here fails since") }
            #expect(try await scripted.host.ping().status == 200)
        }
    }

    @Test func aPingFailsForALostBackendWhereTheSiteWantsThat() async throws {
        try await ScriptedHost.run("ping: { failAfter: 10m }") { scripted in
            _ = try await scripted.host.create(Body.create())
            scripted.backend.order(.fail, for: .list, times: .max)
            #expect(try await scripted.host.ping().status == 200)
            try await scripted.turn { try await scripted.host.ping().status == 503 }
        }
    }

    @Test func aTroubleThatIsOverIsNotToldAnyMore() async throws {
        try await ScriptedHost.run { scripted in
            _ = try await scripted.host.create(Body.create())
            scripted.backend.order(.fail, for: .list, times: 3)
            try await scripted.turn { try await scripted.host.ping().text.contains("fails since") }
            try await scripted.turn { try await scripted.host.ping().text == #"{"status":"ok"}"# }
        }
    }

    @Test func healthAndReadinessAreTold() async throws {
        try await ScriptedHost.run { scripted in
            let health = try await scripted.host.send("GET", "/healthz")
            let readiness = try await scripted.host.send("GET", "/readyz")
            #expect([health.text, readiness.text] == ["ok\n", "ok\n"])
        }
    }

    @Test func theJobsShowWhatIsKnownAndNothingThatIsSecret() async throws {
        try await ScriptedHost.run { scripted in
            scripted.backend.setJobs(runTime: .seconds(60), exitCode: 7)
            let secret = #"[{"name": "main", "secrets": [{"metadata": {"name": "s"}, "data": {"k": "aHVzaA=="}}]}]"#
            let body = Body.create(container: secret)
                .replacing(
                    #""image": "busybox","#, with: #""image": "busybox", "env": [{"name": "T", "value": "hush"}],"#)
            #expect(try await scripted.host.create(body).status == 200)
            try await scripted.turn { try await scripted.jobs().contains(#""state":"terminated","exitCode":7"#) }
            let text = try await scripted.jobs()
            for part in [#""uid":"\#(Body.uid)""#, #""node":"vk""#, #""handle":"1000""#, #""phase":"ended""#] {
                #expect(text.contains(part), "\(text)")
            }
            #expect(!text.contains("hush") && !text.contains("aHVzaA"))
            let log = scripted.host.log.entries.map { "\($0.message) \($0.fields)" }.joined()
            #expect(!log.contains("hush"))
        }
    }

    @Test func theMetricsCountPodsRequestsAndCalls() async throws {
        try await ScriptedHost.run { scripted in
            _ = try await scripted.host.create(Body.create())
            _ = try await scripted.host.ping()
            _ = try await scripted.host.send("GET", "/nowhere")
            let text = try await scripted.host.send("GET", "/metrics").text
            for line in [
                #"interlink_requests_total{route="/create",code="200"} 1"#,
                #"interlink_requests_total{route="/status",code="200"} 1"#,
                #"interlink_requests_total{route="other",code="404"} 1"#,
                #"interlink_backend_calls_total{call="submit",outcome="done"} 1"#,
                #"interlink_pods{state="#,
            ] {
                #expect(text.contains(line), "\(line)")
            }
        }
    }

    @Test func theLogTellsPodJobAndSession() async throws {
        try await ScriptedHost.run { scripted in
            _ = try await scripted.host.send(
                "POST", "/create", Body.create(), headers: [("InterLink-Http-Session", "CreatePod#17")])
            let line = try #require(scripted.host.log.entries.first { $0.message == "pod created" })
            #expect(line["pod"] == .text(Body.uid))
            #expect(line["job"] == .text("1000"))
            #expect(line["session"] == .text("CreatePod#17"))
        }
    }
}
