public import InterLinkAPI
public import KubernetesModel
import LosslessJSON

/// Speaks to a plugin as the API server of interLink does: the same paths, bodies and fields, and the same readiness to
/// read an answer.
///
/// ```swift
/// let plugin = InterLinkClient(.unixSocket("/run/interlink/plugin.sock"), client: try HTTPClient())
/// let reply = try await plugin.create(request)
/// let jobID = try reply.get().podJID
/// ```
public struct InterLinkClient: Sendable {
    /// Where the plugin listens.
    public let endpoint: InterLinkEndpoint

    /// How long calls may take. By default as the API server has it: two minutes for the header, and no end for logs.
    public var deadlines = HTTPClient.Deadlines(
        connect: .seconds(90), headers: .seconds(120), stall: nil, total: nil)

    private let client: HTTPClient

    /// A client of the plugin at that place. Connections are those of `client`.
    public init(_ endpoint: InterLinkEndpoint, client: HTTPClient) {
        self.endpoint = endpoint
        self.client = client
    }

    /// Asks for a pod to be run.
    public func create(
        _ request: CreateRequest, session: String? = nil
    ) async throws(HTTPClientError) -> InterLinkReply<CreateAnswer> {
        let response = try await send(.create, body: JSON.encode(request), session: session)
        return InterLinkReply(.create, response) { (body) throws(JSONError) in
            try JSON.decode(from: body, options: Self.asGoReads)
        }
    }

    /// Asks how these pods are.
    public func status(
        of pods: [Pod], session: String? = nil
    ) async throws(HTTPClientError) -> InterLinkReply<[PodStatusAnswer]> {
        let response = try await send(.status, body: JSON.encode(pods), session: session)
        return InterLinkReply(.status, response) { (body) throws(JSONError) in
            try JSON.read(body, options: Self.asGoReads) { (reader) throws(JSONError) in
                reader.takeNull() ? [] : try [PodStatusAnswer](from: &reader)
            }
        }
    }

    /// Asks for a pod to be stopped and forgotten. Nobody reads the body of the answer.
    public func delete(
        _ pod: Pod, session: String? = nil
    ) async throws(HTTPClientError) -> InterLinkReply<Void> {
        InterLinkReply(.delete, try await send(.delete, body: JSON.encode(pod), session: session)) { _ in }
    }

    /// Asks whether the plugin is well, and for its capacity.
    public func ping(session: String? = nil) async throws(HTTPClientError) -> InterLinkReply<InterLinkPing> {
        let response = try await send(.ping, body: Array("[]".utf8), session: session)
        return InterLinkReply(.ping, response) { body in
            let answer = try? JSON.decode(PingAnswer.self, from: body, options: Self.asGoReads)
            return answer.map { .structured($0) } ?? .text(String(decoding: body, as: UTF8.self))
        }
    }

    /// Asks for the log of a container, and returns as soon as the answer begins. The code has still to be looked at.
    public func logs(
        _ request: LogRequest, session: String? = nil
    ) async throws(HTTPClientError) -> HTTPClient.StreamedResponse {
        try await client.stream(self.request(.logs, body: JSON.encode(request), session: session))
    }

    /// Makes a call with a body of one's own, which need not be right.
    public func send(
        _ call: InterLinkCall, body: [UInt8], session: String? = nil
    ) async throws(HTTPClientError) -> HTTPClient.Response {
        try await client.send(request(call, body: body, session: session))
    }

    private func request(_ call: InterLinkCall, body: [UInt8], session: String?) -> HTTPClient.Request {
        var request = endpoint.request(call.method, call.path, body: body)
        request.headers = [
            "Content-Type": "application/json", "InterLink-Http-Session": session ?? call.makeSession(),
        ]
        request.deadlines = deadlines
        return request
    }

    /// Go fills what is missing with zeros.
    private static let asGoReads: JSONReader.Options = {
        var options = JSONReader.Options()
        options.missingMembersAreZero = true
        return options
    }()
}
