/// The environment variables about traces.
struct TraceVariables {
    private let environment: [String: String]

    init(_ environment: [String: String]) { self.environment = environment }

    /// The value of a variable; OpenTelemetry takes an empty one for one that is not set.
    subscript(name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// A variable of the exporter: the one for traces alone comes first.
    func otlp(_ name: String) -> (name: String, value: String)? {
        for prefix in ["OTEL_EXPORTER_OTLP_TRACES_", "OTEL_EXPORTER_OTLP_"] {
            if let value = self[prefix + name] { return (prefix + name, value) }
        }
        return nil
    }

    func timeout() throws(ConfigurationError) -> Duration {
        guard let (name, text) = otlp("TIMEOUT") else { return .seconds(10) }
        guard let milliseconds = Int64(text), milliseconds > 0 else {
            throw Self.problem(name, "\(quoted(text)) is not a time", advice: "write milliseconds: 10000")
        }
        return .milliseconds(milliseconds)
    }

    static func problem(_ name: String, _ fault: String, advice: String) -> ConfigurationError {
        ConfigurationError([ConfigurationProblem("", fault, advice: advice, place: name)])
    }

    /// The address to post to, and the variable that gave it.
    func endpoint() throws(ConfigurationError) -> (address: String, source: String)? {
        for name in ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"] {
            guard let spoken = self[name], spoken != "http/json" else { continue }
            throw Self.problem(
                name, "\(quoted(spoken)) is not spoken here",
                advice: "set http/json, which collectors take on port 4318")
        }
        if let address = self["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] {
            return (address, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
        }
        if let base = self["OTEL_EXPORTER_OTLP_ENDPOINT"] {
            return (Self.tracesAddress(base), "OTEL_EXPORTER_OTLP_ENDPOINT")
        }
        guard let told = self["ENABLE_TRACING"], ["1", "true"].contains(told.lowercased()) else { return nil }
        // interLink's own programs speak gRPC with this endpoint, and write it without a scheme.
        let base = self["TELEMETRY_ENDPOINT"] ?? "localhost:4318"
        if base.hasSuffix(":4317") {
            throw Self.problem(
                "TELEMETRY_ENDPOINT", "port 4317 is for gRPC, which is not spoken here",
                advice: "set the collector's http port, 4318, or OTEL_EXPORTER_OTLP_ENDPOINT")
        }
        return (Self.tracesAddress(base.contains("://") ? base : "http://\(base)"), "TELEMETRY_ENDPOINT")
    }

    func resource(serviceName: String) throws(ConfigurationError) -> [(name: String, value: String)] {
        var resource = try pairs("OTEL_RESOURCE_ATTRIBUTES")
        let given = resource.last { $0.name == "service.name" }?.value
        resource.removeAll { $0.name == "service.name" }
        resource.insert(("service.name", self["OTEL_SERVICE_NAME"] ?? given ?? serviceName), at: 0)
        if let id = self["TELEMETRY_UNIQUE_ID"] { resource.append(("service.instance.id", id)) }
        return resource
    }

    /// `name=value,name=value` with percent-encoded values, from the first of these variables that is set.
    func pairs(_ names: String...) throws(ConfigurationError) -> [(name: String, value: String)] {
        guard let name = names.first(where: { self[$0] != nil }), let text = self[name] else { return [] }
        var pairs: [(name: String, value: String)] = []
        for part in text.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, let value = Self.percentDecoded(Self.trimmed(sides[1])),
                !Self.trimmed(sides[0]).isEmpty
            else {
                throw Self.problem(name, "is not a list of name=value", advice: "separate pairs with commas")
            }
            pairs.append((String(Self.trimmed(sides[0])), value))
        }
        return pairs
    }

    private static func tracesAddress(_ base: String) -> String {
        (base.hasSuffix("/") ? String(base.dropLast()) : base) + "/v1/traces"
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop { $0 == " " }
        return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
    }

    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.count == 2, let value = UInt8(digits, radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
