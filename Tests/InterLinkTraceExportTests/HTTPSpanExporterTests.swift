import Foundation
import InterLinkPluginKit
import InterLinkTraceExport
import TestSupport
import Testing

/// Against real TLS servers (Python's).
@Suite struct HTTPSpanExporterTests {
    private let servers: TLSServers

    init() throws { servers = try TLSServers() }

    private func settings(
        _ port: Int, _ path: String = "", _ more: [String: String] = [:], trusts: String? = "ca"
    ) throws -> TraceSettings {
        var environment = more
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://127.0.0.1:\(port)\(path)"
        environment["OTEL_EXPORTER_OTLP_CERTIFICATE"] = trusts.map(servers.pem)
        return try #require(try TraceSettings(environment: environment, serviceName: "test"))
    }

    private func posted(_ number: Int = 0) throws -> [String: Any] {
        let text = servers.folder.text(of: "posted-\(number)")
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func aTracersSpansArriveOverTLSWithTheHeadersThatAuthorise() async throws {
        let settings = try settings(
            servers.plain, "/base", ["OTEL_EXPORTER_OTLP_HEADERS": "Authorization=Bearer%20abc"])
        let tracer = try Tracer(
            settings: settings, exporter: HTTPSpanExporter(settings), logger: Logger(to: LogRecorder()))
        await tracer.withSpan("create") { $0.set("pod", "p1") }
        await tracer.shutDown(within: .seconds(600))
        let posted = try posted()
        #expect(posted["path"] as? String == "/base/v1/traces")
        let headers = try #require(posted["headers"] as? [String: String])
        #expect(headers["Authorization"] == "Bearer abc")
        #expect(headers["Content-Type"] == "application/json")
        let body = try #require(posted["body"] as? String)
        #expect(body.contains(#""name":"create""#) && body.contains(#""stringValue":"p1""#))
    }

    @Test func aCollectorThatWantsACertificateGetsIt() async throws {
        let settings = try settings(
            servers.mutual, "",
            [
                "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE": servers.pem("client"),
                "OTEL_EXPORTER_OTLP_CLIENT_KEY": servers.folder.path("client.key"),
            ])
        try await HTTPSpanExporter(settings).export(Array("{}".utf8))
        #expect(try posted()["peer"] as? String == "((('commonName', 'client'),),)")
    }

    @Test(arguments: [(429, true), (503, true), (400, false), (404, false)])
    func whatTheCollectorDoesNotTakeIsSentAgainWhereThatMayHelp(status: Int, mayRetry: Bool) async throws {
        let exporter = try HTTPSpanExporter(try settings(servers.plain, "/answer/\(status)"))
        await #expect(throws: SpanExportError("the collector answered \(status)", mayRetry: mayRetry)) {
            try await exporter.export(Array("{}".utf8))
        }
    }

    @Test func aCollectorThatIsNotTrustedGetsNothing() async throws {
        for (port, trusts) in [(servers.plain, "stranger"), (servers.plain, nil), (servers.misnamed, "ca")] {
            let exporter = try HTTPSpanExporter(try settings(port, trusts: trusts))
            let error = await #expect(throws: SpanExportError.self) { try await exporter.export(Array("{}".utf8)) }
            #expect(error?.mayRetry == true)
        }
        #expect(servers.folder.text(of: "posted-0").isEmpty)
    }
}
