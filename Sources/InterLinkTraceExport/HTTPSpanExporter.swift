public import InterLinkHTTPClient
public import InterLinkPluginKit

/// Sends spans to a collector over `https`, or `http`, with libcurl.
///
/// The kit itself links no TLS. A plugin that does says so to its program:
///
/// ```swift
/// await PluginMain.run(
///     QueuePlugin.self, name: "queue-plugin", version: "1.0.0", exporter: { try HTTPSpanExporter($0) })
/// ```
/// Collectors are reached as the variables of OpenTelemetry say, and through the proxy of `https_proxy`, if there is one.
public struct HTTPSpanExporter: SpanExporter {
    private let client: HTTPClient
    private let request: HTTPClient.Request

    /// An exporter with a connection of its own.
    ///
    /// - Throws: If the client cannot be made.
    public init(_ settings: TraceSettings) throws(HTTPClientError) {
        var configuration = HTTPClient.Configuration()
        configuration.tls.authorities = settings.authorities
        configuration.tls.certificate = settings.certificate
        configuration.tls.privateKey = settings.privateKey
        configuration.proxy = .environment
        configuration.deadlines.total = settings.timeout
        configuration.answerLimit = 1 << 20
        configuration.idleConnections = 1
        client = try HTTPClient(configuration: configuration)
        var request = HTTPClient.Request(.post, settings.endpoint)
        request.headers["Content-Type"] = "application/json"
        for header in settings.headers { request.headers.add(header.name, header.value.revealed) }
        self.request = request
    }

    /// Sends one OTLP request to the collector.
    public func export(_ spans: [UInt8]) async throws {
        var request = request
        request.body = spans
        let answer: HTTPClient.Response
        do {
            answer = try await client.send(request)
        } catch {
            throw SpanExportError(error.description, mayRetry: error.cause != .invalidRequest)
        }
        if let error = SpanExportError(status: answer.status) { throw error }
    }
}
