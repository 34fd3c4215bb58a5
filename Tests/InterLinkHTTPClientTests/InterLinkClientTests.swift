import InterLinkAPI
import InterLinkHTTPClient
import KubernetesModel
import LosslessJSON
import TestSupport
import Testing

@Suite struct InterLinkClientTests {
    private let client: HTTPClient
    private let pod: Pod

    init() throws {
        client = try HTTPClient()
        let text = #"{"metadata":{"name":"p","namespace":"n","uid":"u"},"spec":{"containers":[{"name":"c"}]}}"#
        pod = try JSON.decode(from: Array(text.utf8))
    }

    /// A plugin that answers everything the same.
    private struct StandIn {
        let client: InterLinkClient
        let server: ScriptedServer
        let folder: TemporaryDirectory
    }

    private func plugin(_ body: String, status: String = "200 OK") throws -> StandIn {
        let folder = try TemporaryDirectory()
        let path = folder.path("plugin.sock")
        let server = try ScriptedServer.answering(socketPath: path) { _ in answer(body, status: status) }
        return StandIn(client: InterLinkClient(.unixSocket(path), client: client), server: server, folder: folder)
    }

    @Test func aCreateLooksLikeThatOfTheAPIServer() async throws {
        let plugin = try plugin(#"{"PodUID":"u","PodJID":"slurm-42"}"#)
        let reply = try await plugin.client.create(CreateRequest(pod: pod), session: "CreatePod#7")
        #expect(reply.status == 200)
        #expect(try reply.get() == CreateAnswer(podJID: "slurm-42", podUID: "u"))
        let received = try #require(plugin.server.requests.first)
        #expect(received.line == "POST /create HTTP/1.1")
        #expect(received.field("Host") == "unix")
        #expect(received.field("Content-Type") == "application/json")
        #expect(received.field("InterLink-Http-Session") == "CreatePod#7")
        #expect(try WireBody.create(received.body).pod.metadata.uid == "u")
    }

    @Test func aStatusAsksWithABody() async throws {
        let status = #"[{"name":"p","UID":"u","namespace":"n","containers":[{"name":"c","state":{"waiting":{}}}]}]"#
        let plugin = try plugin(status)
        let pods = try await plugin.client.status(of: [pod]).get()
        #expect(pods.map(\.uid) == ["u"])
        #expect(pods.first?.containers.map(\.name) == ["c"])
        let received = try #require(plugin.server.requests.first)
        #expect(received.line == "GET /status HTTP/1.1")
        #expect(try WireBody.status(received.body).map(\.uid) == ["u"])
        #expect(received.field("InterLink-Http-Session")?.hasPrefix("GetStatus#") == true)
    }

    @Test(arguments: ["[]", "null"]) func aStatusMayKnowNothing(body: String) async throws {
        let plugin = try plugin(body)
        #expect(try await plugin.client.status(of: [pod]).get() == [])
    }

    @Test func aDeleteSendsOnePod() async throws {
        let plugin = try plugin("whatever")
        try await plugin.client.delete(pod).get()
        let received = try #require(plugin.server.requests.first)
        #expect(received.line == "POST /delete HTTP/1.1")
        #expect(try WireBody.delete(received.body).uid == "u")
        #expect(received.field("InterLink-Http-Session")?.hasPrefix("DeletePod#") == true)
    }

    @Test func aPingIsAStatusOfNobody() async throws {
        let plugin = try plugin(#"{"status":"ok","resources":{"cpu":"128"}}"#)
        guard case .structured(let ping) = try await plugin.client.ping().get() else {
            Issue.record("the answer was not understood")
            return
        }
        #expect(ping.resources?.cpu == "128")
        let received = try #require(plugin.server.requests.first)
        #expect(received.line == "GET /status HTTP/1.1")
        #expect(received.body == Array("[]".utf8))
        #expect(received.field("InterLink-Http-Session")?.hasPrefix("Request-") == true)
    }

    @Test(arguments: ["pong", "[]", "", #"{"resources":{"cpu":128}}"#])
    func aPingWithoutStructureIsText(body: String) async throws {
        let plugin = try plugin(body)
        #expect(try await plugin.client.ping().get() == .text(body))
    }

    @Test func logsAreStreamed() async throws {
        let plugin = try plugin("line 1\nline 2\n")
        let request = LogRequest(podUID: "u", containerName: "c", options: LogOptions(tail: 2))
        let response = try await plugin.client.logs(request)
        #expect(response.status == 200)
        #expect(try await response.body.collect(upTo: 1000) == Array("line 1\nline 2\n".utf8))
        let received = try #require(plugin.server.requests.first)
        #expect(received.line == "GET /getLogs HTTP/1.1")
        #expect(try WireBody.logs(received.body).options?.tailLines == 2)
    }

    @Test(arguments: ["201 Created", "204 No Content", "404 Not Found", "500 Internal Server Error"])
    func anythingButA200IsARefusal(status: String) async throws {
        let body = status.hasPrefix("204") ? "" : #"{"PodUID":"u","PodJID":"1"}"#
        let plugin = try plugin(body, status: status)
        let reply = try await plugin.client.create(CreateRequest(pod: pod))
        let code = try #require(Int(status.prefix(3)))
        #expect(reply.status == code)
        #expect(throws: InterLinkReplyError.refused(.create, status: code, text: body)) { try reply.get() }
    }

    @Test(arguments: ["", "created", #"[{"PodUID":"u","PodJID":"1"}]"#, #"{"PodUID":"u","PodJID":1}"#])
    func anAnswerOfAnotherShapeIsKeptAndExplained(body: String) async throws {
        let plugin = try plugin(body)
        let reply = try await plugin.client.create(CreateRequest(pod: pod))
        #expect(reply.response.text == body)
        let error = #expect(throws: InterLinkReplyError.self) { try reply.get() }
        #expect(error?.description.hasPrefix("the answer to the create cannot be read: ") == true)
    }

    @Test func whatIsMissingIsZeroAsInGo() async throws {
        let plugin = try plugin(#"{"PodUID":"u"}"#)
        #expect(try await plugin.client.create(CreateRequest(pod: pod)).get().podJID == "")
    }

    @Test func anyBodyCanBeSent() async throws {
        let server = try ScriptedServer.answering { _ in answer("bad", status: "400 Bad Request") }
        let endpoint = try #require(InterLinkEndpoint(server.url + "/"))
        let response = try await InterLinkClient(endpoint, client: client).send(.create, body: Array("{".utf8))
        #expect(response.status == 400)
        #expect(server.requests.first?.line == "POST /create HTTP/1.1")
        #expect(server.requests.first?.body == Array("{".utf8))
    }

    @Test func endpointsAreReadAsPeopleWriteThem() {
        #expect(InterLinkEndpoint("unix:///run/p.sock") == .unixSocket("/run/p.sock"))
        #expect(InterLinkEndpoint("/run/p.sock") == .unixSocket("/run/p.sock"))
        #expect(InterLinkEndpoint("http://h:1/") == .url("http://h:1"))
        #expect(InterLinkEndpoint("h:1") == nil)
        #expect(InterLinkEndpoint("unix://p.sock") == nil)
        #expect(InterLinkEndpoint("http://u:s3cret@h:1").map { "\($0)" } == "http://h:1")
    }
}
