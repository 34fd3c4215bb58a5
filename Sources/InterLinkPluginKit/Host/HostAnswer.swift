import InterLinkSystem

/// An answer that was made without a connection.
package struct HostAnswer: Sendable {
    package let status: Int
    package let headers: [String: String]
    package let body: [UInt8]
}

extension PluginHost {
    /// Answers a request as the server would, body and all; the answer counts as delivered.
    package func answer(
        _ method: String, _ path: String, headers: [(String, String)] = [], body: [UInt8] = []
    ) async throws -> HostAnswer? {
        guard let method = HTTPMethod(rawValue: method) else { return nil }
        let router = Router(host: self)
        let request = HTTPRequest(method, path, headers: HTTPHeaders(headers), body: body)
        let response: HTTPResponse
        if let known = router.answerFromMemory(request) {
            response = known
        } else {
            response = await router.answer(request)
        }
        let collected = Lock<[UInt8]>([])
        switch response.body {
        case .bytes(let bytes): collected.withLock { $0 = bytes }
        case .stream(let write): try await write(HTTPBodyWriter { bytes in collected.withLock { $0 += bytes } })
        }
        await response.sent?(true)
        return HostAnswer(
            status: response.status.code,
            headers: Dictionary(response.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }),
            body: collected.withLock { $0 })
    }
}
