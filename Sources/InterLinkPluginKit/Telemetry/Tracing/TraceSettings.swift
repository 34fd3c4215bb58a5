/// Where traces go, and which: from the variables of OpenTelemetry and of interLink.
///
/// Read are `OTEL_SDK_DISABLED`, `OTEL_TRACES_EXPORTER`, `OTEL_EXPORTER_OTLP_ENDPOINT`,
/// `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_EXPORTER_OTLP_PROTOCOL`, `OTEL_EXPORTER_OTLP_TIMEOUT`,
/// `OTEL_EXPORTER_OTLP_CERTIFICATE`, `OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE` and `OTEL_EXPORTER_OTLP_CLIENT_KEY` (each
/// also as `OTEL_EXPORTER_OTLP_TRACES_…`),
/// `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG`; and of
/// interLink `ENABLE_TRACING`, `TELEMETRY_ENDPOINT` and `TELEMETRY_UNIQUE_ID`.
public struct TraceSettings: Sendable {
    /// The address that requests are posted to.
    public let endpoint: String
    /// Headers to send with them, such as those that authorise.
    public let headers: [(name: String, value: SensitiveText)]
    /// What tells this program from others: `service.name` and more.
    public let resource: [(name: String, value: String)]
    /// How long the collector may take for a request.
    public let timeout: Duration
    /// A PEM file of authorities to trust for `https`, instead of those of the system.
    public let authorities: String?
    /// A PEM file with the certificate of this program, for collectors that want one.
    public let certificate: String?
    /// A PEM file with its private key.
    public let privateKey: String?
    let sampler: Sampler
    /// The variable that gave the endpoint, for messages.
    let source: String

    /// Reads the settings; nil when traces are off, which they are unless an endpoint or `ENABLE_TRACING=1` is set.
    ///
    /// - Parameters:
    ///   - environment: The environment variables.
    ///   - serviceName: The name of the service, unless a variable gives another.
    /// - Throws: What is wrong with the variables.
    public init?(environment: [String: String], serviceName: String) throws(ConfigurationError) {
        let variables = TraceVariables(environment)
        if variables["OTEL_SDK_DISABLED"]?.lowercased() == "true" || variables["OTEL_TRACES_EXPORTER"] == "none" {
            return nil
        }
        guard let (endpoint, source) = try variables.endpoint() else { return nil }
        self.endpoint = endpoint
        self.source = source
        headers = try variables.pairs("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS")
            .map { ($0.name, SensitiveText($0.value)) }
        timeout = try variables.timeout()
        authorities = variables.otlp("CERTIFICATE")?.value
        certificate = variables.otlp("CLIENT_CERTIFICATE")?.value
        privateKey = variables.otlp("CLIENT_KEY")?.value
        resource = try variables.resource(serviceName: serviceName)
        let sampler = variables["OTEL_TRACES_SAMPLER"] ?? "parentbased_always_on"
        do throws(InvalidScalar) {
            self.sampler = try Sampler.named(sampler, argument: variables["OTEL_TRACES_SAMPLER_ARG"])
        } catch {
            throw TraceVariables.problem("OTEL_TRACES_SAMPLER", error.fault, advice: error.advice)
        }
    }
}
