import Glibc
import TestSupport
import Testing

@testable import InterLinkPluginKit

@Suite struct TraceSettingsTests {
    @Test(arguments: [
        [:], ["ENABLE_TRACING": "0"], ["ENABLE_TRACING": "", "TELEMETRY_ENDPOINT": "c:4318"],
        ["OTEL_SDK_DISABLED": "TRUE", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c"],
        ["OTEL_TRACES_EXPORTER": "none", "ENABLE_TRACING": "1"], ["OTEL_EXPORTER_OTLP_ENDPOINT": ""],
    ])
    func tracesAreOffUnlessAskedFor(environment: [String: String]) throws {
        #expect(try TraceSettings(environment: environment, serviceName: "p") == nil)
    }

    @Test(arguments: [
        (["OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318/"], "http://c:4318/v1/traces"),
        (
            ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://d/x"],
            "http://d/x"
        ),
        (["ENABLE_TRACING": "1"], "http://localhost:4318/v1/traces"),
        (["ENABLE_TRACING": "1", "TELEMETRY_ENDPOINT": "c:14318"], "http://c:14318/v1/traces"),
        (["ENABLE_TRACING": "1", "TELEMETRY_ENDPOINT": "https://c"], "https://c/v1/traces"),
    ])
    func theEndpointFollowsTheVariables(environment: [String: String], endpoint: String) throws {
        #expect(try TraceSettings(environment: environment, serviceName: "p")?.endpoint == endpoint)
    }

    @Test func timesAndCertificatesAreReadThoseForTracesFirst() throws {
        let settings = try #require(
            try TraceSettings(
                environment: [
                    "OTEL_EXPORTER_OTLP_ENDPOINT": "https://c", "OTEL_EXPORTER_OTLP_TIMEOUT": "2500",
                    "OTEL_EXPORTER_OTLP_CERTIFICATE": "/all.pem", "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE": "/ca.pem",
                    "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE": "/mine.pem", "OTEL_EXPORTER_OTLP_CLIENT_KEY": "/mine.key",
                ], serviceName: "p"))
        #expect(settings.timeout == .milliseconds(2500))
        #expect(
            [settings.authorities, settings.certificate, settings.privateKey] == ["/ca.pem", "/mine.pem", "/mine.key"])
    }

    @Test func resourceAndHeadersAreRead() throws {
        let settings = try #require(
            try TraceSettings(
                environment: [
                    "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_SERVICE_NAME": "mine", "TELEMETRY_UNIQUE_ID": "7",
                    "OTEL_RESOURCE_ATTRIBUTES": "service.name=other, site = a%2Cb",
                    "OTEL_EXPORTER_OTLP_HEADERS": "x-key=k%20v",
                ], serviceName: "p"))
        #expect(
            settings.resource.map { "\($0.name)=\($0.value)" } == [
                "service.name=mine", "site=a,b", "service.instance.id=7",
            ])
        #expect(settings.headers.map(\.name) == ["x-key"])
        #expect(settings.headers.first?.value.revealed == "k v")
        #expect(!"\(settings)".contains("k v"))
    }

    @Test(arguments: [
        (["ENABLE_TRACING": "1", "TELEMETRY_ENDPOINT": "c:4317"], "TELEMETRY_ENDPOINT: port 4317 is for gRPC"),
        (
            ["ENABLE_TRACING": "1", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"],
            "OTEL_EXPORTER_OTLP_PROTOCOL: \"grpc\" is not spoken"
        ),
        (
            ["ENABLE_TRACING": "1", "OTEL_EXPORTER_OTLP_TIMEOUT": "10s"],
            "OTEL_EXPORTER_OTLP_TIMEOUT: \"10s\" is not a time"
        ),
        (["ENABLE_TRACING": "1", "OTEL_TRACES_SAMPLER": "jaeger"], "OTEL_TRACES_SAMPLER: \"jaeger\" is not a sampler"),
        (
            ["ENABLE_TRACING": "1", "OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_TRACES_SAMPLER_ARG": "2"],
            "OTEL_TRACES_SAMPLER: the ratio is not"
        ),
        (
            ["ENABLE_TRACING": "1", "OTEL_RESOURCE_ATTRIBUTES": "a"],
            "OTEL_RESOURCE_ATTRIBUTES: is not a list of name=value"
        ),
        (["ENABLE_TRACING": "1", "OTEL_RESOURCE_ATTRIBUTES": "a=%G1"], "OTEL_RESOURCE_ATTRIBUTES: is not a list"),
        (
            ["ENABLE_TRACING": "1", "TELEMETRY_ENDPOINT": "https://c"],
            "TELEMETRY_ENDPOINT: an https collector needs an exporter"
        ),
        (
            ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector.invalid"],
            "OTEL_EXPORTER_OTLP_ENDPOINT: the address of \"collector.invalid\" is not known without a name service"
        ),
        (
            ["OTEL_EXPORTER_OTLP_ENDPOINT": "c:4318"],
            "OTEL_EXPORTER_OTLP_ENDPOINT: \"c:4318/v1/traces\" is not an address"
        ),
        (
            ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://[::1]", "OTEL_EXPORTER_OTLP_HEADERS": "a=x%0D%0Ab"],
            "OTEL_EXPORTER_OTLP_HEADERS: a header has a control character"
        ),
    ])
    func whatCannotWorkIsRefusedWithTheNameOfTheVariable(environment: [String: String], said: String) {
        #expect {
            let settings = try TraceSettings(environment: environment, serviceName: "p")
            _ = try Tracer(settings: settings, logger: Logger(to: LogRecorder()))
        } throws: { error in
            "\(error)".hasPrefix(said)
        }
    }

    @Test(
        arguments: [
            ("http://c", "c", 80, "/"), ("http://c:4318/v1/traces", "c", 4318, "/v1/traces"),
            ("http://[::1]:4318/x?y", "::1", 4318, "/x?y"),
        ] as [(String, String, UInt16, String)])
    func addressesAreTakenApart(text: String, host: String, port: UInt16, path: String) throws {
        let address = try #require(CollectorURL(text))
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.path == path)
    }

    @Test func namesAreLookedUpInTheHostsFileOnly() throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write(
            "# collector 1.1.1.1\n::1 six\n10.1.2.3\tother Collector # six\n", to: "hosts")
        guard case .four(let four) = CollectorAddress(host: "collector", port: 4318, hosts: path) else {
            Issue.record("not found")
            return
        }
        #expect(UInt32(bigEndian: four.sin_addr.s_addr) == 0x0A01_0203)
        #expect(UInt16(bigEndian: four.sin_port) == 4318)
        #expect(CollectorAddress(host: "six", port: 1, hosts: path)?.family == AF_INET6)
        #expect(CollectorAddress(host: "::1", port: 1, hosts: path)?.family == AF_INET6)
        #expect(CollectorAddress(host: "collecto", port: 1, hosts: path) == nil)
        #expect(CollectorAddress(host: "localhost", port: 1, hosts: "/nowhere")?.family == AF_INET)
    }

    @Test(arguments: [
        "c", "http://", "http://c:x/", "http://c:0/", "http://u@c/", "http://[::1", "http://c/a b", "http://c\r\n/",
    ])
    func otherTextsAreNoAddresses(text: String) {
        #expect(CollectorURL(text) == nil)
    }
}

@Suite struct TraceContextTests {
    @Test func aTraceparentIsReadAndWritten() throws {
        let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let context = try #require(TraceContext(traceparent: text))
        #expect(context.isSampled)
        #expect(context.traceparent == text)
        #expect(TraceContext(traceparent: text.replacing("-01", with: "-00"))?.isSampled == false)
        #expect(TraceContext(traceparent: "01" + text.dropFirst(2) + "-more") != nil)
    }

    @Test(arguments: [
        "", "00", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-+1",
    ])
    func anythingElseIsNone(text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }

    @Test func samplersChoose() throws {
        let low = TraceContext.TraceID(high: 1, low: 1 << 60)
        let high = TraceContext.TraceID(high: 1, low: .max)
        let sampled = TraceContext(traceID: high, spanID: 1, isSampled: true)
        let ratio = try Sampler.named("traceidratio", argument: "0.5")
        #expect(ratio.samples(low, parent: nil))
        #expect(!ratio.samples(high, parent: sampled))
        #expect(try Sampler.named("traceidratio", argument: nil).samples(high, parent: nil))
        let based = try Sampler.named("parentbased_always_off", argument: nil)
        #expect(based.samples(high, parent: sampled))
        #expect(!based.samples(high, parent: nil))
    }
}
