import InterLinkPluginKit
import InterLinkTesting
import Testing

// One host at a time: each holds a dozen descriptors, and other suites need theirs.
@Suite(.serialized) struct LogRouteTests {
    @Test func whatAContainerPrintedIsGiven() async throws {
        try await ScriptedHost.run { scripted in
            let uid = try #require(PodUID(Body.uid))
            _ = try await scripted.host.create(Body.create())
            scripted.backend.setOutput("one\ntwo\nthree\n", of: "main", in: uid)
            #expect(try await scripted.host.logs(Body.logs()).text == "one\ntwo\nthree\n")
            #expect(try await scripted.host.logs(Body.logs(options: #"{"Tail": 1}"#)).text == "three\n")
            #expect(try await scripted.host.logs(Body.logs(options: #"{"Bytes": 5}"#)).text == "one\nt")
            let empty = try await scripted.host.logs(Body.logs(container: "side"))
            #expect(empty.status == 200)
            #expect(empty.text == "")
        }
    }

    @Test func aPodThatIsNotStartedYetHasAnEmptyLog() async throws {
        try await ScriptedHost.run { scripted in
            scripted.backend.order(.busy(.seconds(3600)), for: .submit)
            let host = scripted.host
            async let created = host.create(Body.create())
            try await scripted.turn { try await host.send("GET", "/jobs").text != "[]" }
            let answer = try await host.logs(Body.logs())
            #expect(answer.status == 200)
            #expect(answer.text == "")
            try await scripted.turn { try await host.send("GET", "/jobs").text.contains("busy") }
            await host.clock.turn(by: .seconds(30))
            let late = try await created
            #expect(late.status == 200)
        }
    }

    @Test(arguments: [
        (Body.logs(Body.uid(9)), 404, "there is no pod"),
        (Body.logs(container: "other"), 404, "it has main, side"),
        (Body.logs(container: ""), 400, "name a container"),
        (Body.logs(options: #"{"Previous": true}"#), 400, "previous run"),
    ])
    func whatCannotBeGivenIsTold(_ body: String, _ status: Int, _ hint: String) async throws {
        try await ScriptedHost.run { scripted in
            _ = try await scripted.host.create(Body.create())
            let answer = try await scripted.host.logs(body)
            #expect(answer.status == status)
            #expect(answer.text.contains(hint), "\(answer.text)")
        }
    }
}
