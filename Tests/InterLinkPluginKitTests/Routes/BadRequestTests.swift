import InterLinkTesting
import Testing

// One host at a time: each holds a dozen descriptors, and other suites need theirs.
@Suite(.serialized) struct BadRequestTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        let body: String
        let hint: String
        var testDescription: String { "\(path) \(body.prefix(60))" }
    }

    static let cases = [
        Case(path: "/create", body: "", hint: "the document is empty"),
        Case(path: "/create", body: "hello", hint: "takes one object"),
        Case(path: "/create", body: "[\(Body.create())]", hint: "not a list"),
        Case(path: "/create", body: "null", hint: "create: "),
        Case(path: "/create", body: #"{"pod": {"metadata": {}}}"#, hint: "pod.spec"),
        Case(
            path: "/create", body: #"{"pod": {"metadata": {}, "spec": {"containers": []}}}"#, hint: "pod.metadata.uid"),
        Case(path: "/create", body: #"{"pod": {"metadata": {"uid": 5}}}"#, hint: "pod.metadata.uid"),
        Case(path: "/create", body: String(Body.create().dropLast(5)), hint: "create: "),
        Case(
            path: "/create", body: Body.create(spec: #", "volumes": [{"name": "../v"}]"#),
            hint: "pod.spec.volumes[0].name"),
        Case(
            path: "/create", body: Body.create(spec: #", "initContainers": [{"name": "a;b"}]"#),
            hint: "pod.spec.initContainers[0].name"),
        Case(
            path: "/create", body: Body.create(spec: #", "initContainers": [{"name": "main"}]"#), hint: "same name"),
        Case(
            path: "/create",
            body: Body.create(container: #"[{"name": "main", "configMaps": [{"metadata": {"name": "../m"}}]}]"#),
            hint: "container[0].configMaps[0].metadata.name"),
        Case(
            path: "/create",
            body: Body.create(
                container: #"[{"name": "main", "secrets": [{"metadata": {"name": "s"}, "data": {"../k": ""}}]}]"#),
            hint: "a key of container[0].secrets[0]"),
        Case(
            path: "/create",
            body: Body.create(
                container:
                    #"[{"name": "main", "projectedvolumemaps": [{"metadata": {"name": "s"}, "data": {"a/../b": ""}}]}]"#
            ),
            hint: "a key of container[0].projectedvolumemaps[0]"),
        Case(path: "/status", body: "", hint: "status: "),
        Case(path: "/status", body: "{}", hint: "a list of pods"),
        Case(path: "/status", body: "[{}]", hint: "[0].metadata.uid"),
        Case(path: "/status", body: "[5]", hint: "status: "),
        Case(path: "/delete", body: "[]", hint: "one pod, not a list"),
        Case(path: "/delete", body: "{}", hint: "metadata.uid"),
        Case(path: "/getLogs", body: "[]", hint: "one object"),
        Case(path: "/getLogs", body: "{}", hint: "PodUID"),
        Case(path: "/getLogs", body: Body.logs(options: #"{"Tail": "x"}"#), hint: "Opts.Tail"),
    ]

    @Test(arguments: cases) func whatCannotBeUsedIsToldInOneShortLine(_ bad: Case) async throws {
        try await ScriptedHost.run { scripted in
            let answer = try await scripted.host.send("POST", bad.path, bad.body)
            #expect(answer.status == 400)
            #expect(answer.text.contains(bad.hint), "\(answer.text)")
            #expect(answer.body.count < 1100)
            #expect(answer.text.filter(\.isNewline).count == 1)
            #expect(try await scripted.jobs() == "[]")
            #expect(scripted.backend.jobs.isEmpty)
        }
    }

    @Test(arguments: Body.hostileNames) func namesThatCouldDoHarmAreRefused(_ name: String) async throws {
        try await ScriptedHost.run { scripted in
            let host = scripted.host
            let creates = [
                Body.create(name), Body.create(name: name), Body.create(namespace: name),
                Body.create().replacing("\"main\"", with: Body.text(name)),
            ]
            for body in creates {
                let answer = try await host.create(body)
                #expect(answer.status == 400, "\(answer.text.prefix(200))")
                #expect(answer.body.count < 1100)
                #expect(!answer.text.dropLast().contains { $0.isNewline || $0 == "\u{0}" })
            }
            #expect(try await host.status(Body.status(name)).status == 400)
            #expect(try await host.delete(Body.delete(name)).status == 400)
            #expect(try await host.logs(Body.logs(name)).status == 400)
            #expect(try await scripted.jobs() == "[]")
            // Nothing is lost for those who come after.
            #expect(try await host.create(Body.create()).status == 200)
        }
    }

    @Test func anUnknownPathIsToldTheKnownOnes() async throws {
        try await ScriptedHost.run { scripted in
            let answer = try await scripted.host.send("GET", "/")
            #expect(answer.status == 404)
            #expect(answer.text.contains("/create, /status, /delete, /getLogs"))
        }
    }

    @Test(arguments: [
        ("GET", "/create", "POST"), ("DELETE", "/create", "POST"), ("PUT", "/status", "GET, POST"),
        ("GET", "/delete", "POST, DELETE"), ("DELETE", "/getLogs", "GET, POST"), ("POST", "/healthz", "GET, HEAD"),
        ("POST", "/metrics", "GET, HEAD"),
    ])
    func anotherMethodIsToldTheRightOnes(_ method: String, _ path: String, _ allowed: String) async throws {
        try await ScriptedHost.run { scripted in
            let answer = try await scripted.host.send(method, path)
            #expect(answer.status == 405)
            #expect(answer.headers["Allow"] == allowed)
        }
    }
}
