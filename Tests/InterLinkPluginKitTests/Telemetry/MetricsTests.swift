import Glibc
import TestSupport
import Testing

@testable import InterLinkPluginKit

@Suite struct MetricsTests {
    @Test func everyKindOfMetricIsWritten() {
        let registry = MetricsRegistry()
        registry.counter("a_total", help: "Lines\nand \\.").add(3)
        registry.gauges("b", help: "Gauge.", labels: ["x", "y"])["1", "q\"\\\n"].set(-0.5)
        let histogram = registry.histogram("c_seconds", help: "Histogram.", bounds: [0.1, 1])
        histogram.observe(.milliseconds(50))
        histogram.observe(0.1)
        histogram.observe(7.5)
        registry.read("d", help: "Read.", labels: ["state"]) {
            [.init(2, labels: "running"), .init(.infinity, labels: "x")]
        }
        #expect(
            registry.exposition() == #"""
                # HELP a_total Lines\nand \\.
                # TYPE a_total counter
                a_total 3
                # HELP b Gauge.
                # TYPE b gauge
                b{x="1",y="q\"\\\n"} -0.5
                # HELP c_seconds Histogram.
                # TYPE c_seconds histogram
                c_seconds_bucket{le="0.1"} 2
                c_seconds_bucket{le="1"} 2
                c_seconds_bucket{le="+Inf"} 3
                c_seconds_sum 7.65
                c_seconds_count 3
                # HELP d Read.
                # TYPE d gauge
                d{state="running"} 2
                d{state="x"} +Inf

                """#)
    }

    @Test func theSameNameIsTheSameMetric() {
        let registry = MetricsRegistry()
        registry.counters("a_total", help: "A.", labels: ["x"])["1"].add()
        registry.counters("a_total", help: "A.", labels: ["x"])["1"].add()
        #expect(registry.counters("a_total", help: "A.", labels: ["x"])["1"].value == 2)
    }

    @Test func tooManySeriesAreCountedTogether() {
        let registry = MetricsRegistry(seriesLimit: 3)
        let family = registry.counters("a_total", help: "A.", labels: ["x"])
        for number in 0..<1_000 { family["\(number)"].add() }
        #expect(family.all.count == 4)
        #expect(family["other"].value == 997)
        registry.read("b", help: "B.", labels: ["x"]) { (0..<1_000).map { .init(1, labels: "\($0)") } }
        #expect(registry.exposition().split(separator: "\n").filter { $0.hasPrefix("b{") }.count == 3)
    }

    @Test func nothingIsLostBetweenThreads() async {
        let registry = MetricsRegistry()
        let counter = registry.counter("a_total", help: "A.")
        let gauge = registry.gauge("b", help: "B.")
        let histogram = registry.histogram("c", help: "C.", bounds: [1])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<5_000 {
                        counter.add()
                        gauge.add(0.5)
                        histogram.observe(2)
                    }
                }
            }
        }
        #expect(counter.value == 40_000)
        #expect(gauge.value == 20_000)
        #expect(histogram.count == 40_000)
        #expect(histogram.sum == 80_000)
    }

    @Test func theProcessTellsAboutItself() throws {
        let registry = MetricsRegistry()
        registry.addProcessMetrics()
        var values: [String: Double] = [:]
        for line in registry.exposition().split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            values[String(words[0])] = Double(words[1])
        }
        #expect(try #require(values["process_resident_memory_bytes"]) > 1_000_000)
        #expect(try #require(values["process_open_fds"]) >= 3)
        #expect(try #require(values["process_max_fds"]) > 3)
        #expect(try #require(values["process_cpu_seconds_total"]) > 0)
        let now = Double(WallTime.now.nanoseconds) / 1e9
        let start = try #require(values["process_start_time_seconds"])
        #expect(start < now + 2 && start > now - 86_400)
    }

    /// The parser that Prometheus' own Python client has.
    @Test func theOfficialParserReadsEverythingTheHostTells() throws {
        let metrics = HostMetrics(registry: MetricsRegistry())
        metrics.requests["status", "200"].add(7)
        metrics.requestDurations["status"].observe(.microseconds(70))
        metrics.backendCalls["list", "quo\"te\\and\nline"].add()
        metrics.readPods { [("running", 2), ("waiting", 0)] }
        metrics.readOldestStatus { .milliseconds(1500) }
        metrics.readLosses(log: .shared, tracer: .off)
        metrics.tell(plugin: "slurm", version: "1.0.0")
        let samples = try OfficialParser.samples(metrics.registry.exposition())
        #expect(samples.contains("interlink_requests_total{'code': '200', 'route': 'status'} 7.0"))
        #expect(samples.contains("interlink_request_duration_seconds_bucket{'le': '0.0001', 'route': 'status'} 1.0"))
        #expect(samples.contains(#"interlink_backend_calls_total{'call': 'list', 'outcome': 'quo"te\\and\nline'} 1.0"#))
        #expect(samples.contains("interlink_pods{'state': 'running'} 2.0"))
        #expect(samples.contains("interlink_status_oldest_seconds{} 1.5"))
        #expect(samples.contains("interlink_plugin_info{'plugin': 'slurm', 'version': '1.0.0'} 1.0"))
        #expect(samples.contains { $0.hasPrefix("process_start_time_seconds{}") })
    }
}

/// Runs `prometheus_client.parser`, and prints what it read, one sample a line.
private enum OfficialParser {
    static func samples(_ text: String) throws -> [String] {
        let script = """
            import sys
            from prometheus_client.parser import text_string_to_metric_families as parse
            for family in parse(open(sys.argv[1], encoding='utf-8').read()):
                assert family.type != 'unknown' and family.documentation, family
                for sample in family.samples:
                    print(sample.name + str(dict(sorted(sample.labels.items()))), float(sample.value))
            """
        let folder = try TemporaryDirectory()
        let program = try folder.write(script, to: "parse.py")
        let input = try folder.write(text, to: "metrics.txt")
        let output = try #require(popen("exec python3 \(program) \(input) 2>\(folder.path("errors"))", "r"))
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while case let count = fread(&chunk, 1, chunk.count, output), count > 0 { bytes += chunk.prefix(count) }
        let isWell = pclose(output) == 0
        try #require(
            isWell, "prometheus_client of PyPI is needed, which ./scripts/test installs: \(folder.text(of: "errors"))")
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
