import Glibc
import InterLinkSystem

/// Sends spans to a collector over `http://`, on a thread of its own.
///
/// The kit links no TLS. A collector that wants `https://` needs an exporter made with a client that has it.
struct PlainHTTPExporter: SpanExporter {
    private let address: CollectorURL
    private let collector: CollectorAddress
    private let headers: [(name: String, value: SensitiveText)]
    private let timeout: Duration
    private let thread = BlockingPool(name: "traces", threads: 1)

    init(settings: TraceSettings) throws(ConfigurationError) {
        if settings.endpoint.hasPrefix("https://") {
            throw TraceVariables.problem(
                settings.source, "an https collector needs an exporter that speaks TLS, and none was given",
                advice: "give the program the exporter of InterLinkTraceExport, or use a collector at http://")
        }
        guard let address = CollectorURL(settings.endpoint) else {
            throw TraceVariables.problem(
                settings.source, "\(quoted(settings.endpoint)) is not an address of a collector",
                advice: "write http://HOST:4318")
        }
        guard let collector = CollectorAddress(host: address.host, port: address.port) else {
            throw TraceVariables.problem(
                settings.source, "the address of \(quoted(address.host)) is not known without a name service",
                advice: "write it in numbers, put the name into /etc/hosts, or give the tracer an exporter")
        }
        for header in settings.headers
        where (header.name + header.value.revealed).utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw TraceVariables.problem(
                "OTEL_EXPORTER_OTLP_HEADERS", "a header has a control character in it", advice: "remove it")
        }
        self.address = address
        self.collector = collector
        headers = settings.headers
        timeout = settings.timeout
    }

    func export(_ request: [UInt8]) async throws {
        let status = try await thread.run { [self] in try post(request) }
        if let error = SpanExportError(status: status) { throw error }
    }

    /// Blocks, at most for the timeout. Returns the status code of the answer.
    private func post(_ body: [UInt8]) throws -> Int {
        let deadline = ContinuousClock.now + timeout
        let connection = try CollectorSocket(to: collector, name: address.authority, until: deadline)
        var head = "POST \(address.path) HTTP/1.1\r\nHost: \(address.authority)\r\n"
        head += "Content-Type: application/json\r\nContent-Length: \(body.count)\r\nConnection: close\r\n"
        for header in headers { head += "\(header.name): \(header.value.revealed)\r\n" }
        try connection.send(Array((head + "\r\n").utf8) + body, until: deadline)
        let line = try connection.firstLine(until: deadline)
        let words = line.split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw SpanExportError("the collector did not answer in HTTP", mayRetry: true)
        }
        return status
    }
}

/// The parts of `http://host:port/path`.
struct CollectorURL: Sendable {
    let host: String
    let port: UInt16
    let authority: String
    let path: String

    init?(_ text: String) {
        guard text.hasPrefix("http://"), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        let rest = text.dropFirst("http://".count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let isBracketed = authority.hasPrefix("[")
        guard let hostEnd = isBracketed ? authority.firstIndex(of: "]") : authority.endIndex, !authority.contains("@")
        else { return nil }
        let host = isBracketed ? authority[..<hostEnd].dropFirst() : authority.prefix { $0 != ":" }
        let after = isBracketed ? authority[hostEnd...].dropFirst() : authority.dropFirst(host.count)
        guard !host.isEmpty, after.isEmpty || after.hasPrefix(":") else { return nil }
        guard let port = after.isEmpty ? 80 : UInt16(after.dropFirst()), port > 0 else { return nil }
        self.host = String(host)
        self.port = port
        self.authority = String(authority)
        let path = rest.dropFirst(authority.count).prefix { $0 != "#" }
        self.path = path.hasPrefix("/") ? String(path) : "/" + path
    }
}
