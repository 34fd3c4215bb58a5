import InterLinkAPI
import InterLinkHTTPClient
import KubernetesModel

@testable import InterLinkPluginKit

/// The good plugin behind a bad one, as it is seen over its socket.
struct GoodPlugin: Sendable {
    let socketPath: String
    let client: HTTPClient
    private let deletes = Memory([String: HTTPRequest]())

    init(socketPath: String) throws {
        self.socketPath = socketPath
        client = try HTTPClient()
    }

    /// What it answers. A followed log is passed on as it comes.
    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        if request.path == "/create", let delete = request.deleteBody {
            deletes.change { $0[request.uid] = delete }
        }
        return await forward(request)
    }

    /// Deletes everything that it was ever asked to create: bad plugins leave pods behind.
    func deleteAll() async {
        for delete in deletes.change({ Array($0.values) }) { _ = await forward(delete).bytes() }
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
