import InterLinkAPI
import InterLinkHTTPClient
import KubernetesModel
import LosslessJSON

@testable import InterLinkPluginKit

/// The good plugin behind a bad one, as it is seen over its socket.
struct GoodPlugin: Sendable {
    private let socketPath: String
    private let client: HTTPClient
    private let created = Memory([String: Pod]())

    init(socketPath: String) throws {
        self.socketPath = socketPath
        client = try HTTPClient()
    }

    func close() { client.close() }

    /// What it answers. A followed log is passed on as it comes.
    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        if request.path == "/create", let create = try? WireBody.create(request.body) {
            created.change { $0[create.pod.metadata.uid ?? ""] = create.pod }
        }
        return await forward(request)
    }

    /// The pods that it was asked to create, and tells as waiting or running now.
    func alive() async -> [Pod] {
        var alive: [Pod] = []
        for pod in created.change({ Array($0.values) }) {
            let answer = await forward(HTTPRequest(.get, "/status", body: JSON.encode([pod])))
            let statuses = try? JSON.decode([PodStatusAnswer].self, from: await answer.bytes())
            let containers = (statuses ?? []).flatMap { ($0.initContainers ?? []) + $0.containers }
            if containers.contains(where: { $0.state?.terminated == nil }) { alive.append(pod) }
        }
        return alive
    }

    /// Deletes everything that it was ever asked to create, since bad plugins leave pods behind, and waits for the end.
    func deleteAll() async {
        for pod in created.change({ Array($0.values) }) {
            _ = await forward(HTTPRequest(.post, "/delete", body: JSON.encode(pod))).bytes()
        }
        _ = await becomesEmpty()
    }

    /// Whether all of these pods end, as they do some time after their deletes were answered.
    func becomesEmpty() async -> Bool {
        for _ in 0..<600 {
            if await alive().isEmpty { return true }
            try? await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    private func forward(_ request: HTTPRequest) async -> HTTPResponse {
        var forwarded = HTTPClient.Request(
            HTTPClient.Method(rawValue: request.method.rawValue), "http://unix\(request.path)", body: request.body)
        forwarded.socketPath = socketPath
        forwarded.deadlines = HTTPClient.Deadlines(headers: nil, stall: nil)
        for name in ["Content-Type", "InterLink-Http-Session"] {
            if let value = request.headers[name] { forwarded.headers[name] = value }
        }
        do {
            let answer = try await client.stream(forwarded)
            let body = answer.body
            return HTTPResponse(
                HTTPStatus(answer.status, "as the good one says"),
                headers: answer.headers["Content-Type"].map { [("Content-Type", $0)] } ?? [],
                body: .stream { writer in for try await piece in body { try await writer.write(piece) } })
        } catch {
            return .text("the good plugin does not answer: \(error)", status: .internalServerError)
        }
    }
}
