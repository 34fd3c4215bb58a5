/// Sends spans to a collector.
public protocol SpanExporter: Sendable {
    /// Sends one OTLP request, as JSON, to the collector.
    ///
    /// Anything thrown but a ``SpanExportError`` that says otherwise means that the same request may be sent again.
    func export(_ request: [UInt8]) async throws
}

/// Why a collector did not get its spans.
public struct SpanExportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong.
    public let description: String
    /// Whether sending the same again may help.
    public let mayRetry: Bool

    /// An error.
    public init(_ description: String, mayRetry: Bool) {
        self.description = description
        self.mayRetry = mayRetry
    }

    /// What an answer of that code means; nil when the spans were taken.
    package init?(status: Int) {
        switch status {
        case 200..<300: return nil
        case 408, 429, 500..<600: self.init("the collector answered \(status)", mayRetry: true)
        default: self.init("the collector answered \(status)", mayRetry: false)
        }
    }
}
