import Foundation
import InterLinkSystem
import Testing

@testable import InterLinkPluginKit

/// Keeps the requests, and fails as often as it is told.
final class KeepingExporter: SpanExporter {
    let requests = Lock<[[UInt8]]>([])
    let failures: Lock<[SpanExportError]>

    init(failures: [SpanExportError] = []) { self.failures = Lock(failures) }

    func export(_ request: [UInt8]) async throws {
        let failure = failures.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        if let failure { throw failure }
        requests.withLock { $0.append(request) }
    }

    /// All spans, as JSONSerialization reads them: independent of the code that wrote them.
    func spans() throws -> [[String: Any]] {
        try requests.withLock { $0 }.flatMap { try Self.spans($0) }
    }

    static func spans(_ request: [UInt8]) throws -> [[String: Any]] {
        let root = try #require(try JSONSerialization.jsonObject(with: Data(request)) as? [String: Any])
        let resource = try #require((root["resourceSpans"] as? [[String: Any]])?.first)
        let scope = try #require((resource["scopeSpans"] as? [[String: Any]])?.first)
        return try #require(scope["spans"] as? [[String: Any]])
    }
}

extension Tracer {
    /// A tracer that records everything, and exports it when it is shut down.
    static func recording(to exporter: KeepingExporter) throws -> Tracer {
        let pipeline = SpanPipeline(exporter: exporter, resource: [], logger: Logger(to: LogRecorder()))
        pipeline.start()
        return Tracer(pipeline: pipeline, sampler: try Sampler.named("always_on", argument: nil))
    }
}
