/// The metrics of the host, all names in one place.
package struct HostMetrics: Sendable {
    package let registry: MetricsRegistry

    /// Requests by route and status code.
    package let requests: MetricFamily<Counter>
    /// Time from a whole request to its answer, by route.
    package let requestDurations: MetricFamily<Histogram>
    /// Open connections.
    package let connections: Gauge
    /// Connections that were refused, by reason.
    package let refusedConnections: MetricFamily<Counter>

    /// Calls of the backend by call and outcome.
    package let backendCalls: MetricFamily<Counter>
    /// How long calls of the backend take, by call.
    package let backendCallDurations: MetricFamily<Histogram>
    /// The time that is left between two rounds of asking the backend, by call.
    package let backendIntervals: MetricFamily<Gauge>

    /// How old the evidence was in answers to status requests.
    package let statusAges: Histogram
    /// How many wait, by queue.
    package let queueLengths: MetricFamily<Gauge>

    /// Writes to the store.
    package let storeWrites: Counter
    /// Writes to the store that failed.
    package let storeErrors: Counter
    /// How long a group of writes takes until it is on disk.
    package let storeWriteDurations: Histogram

    /// Registers all of them.
    package init(registry: MetricsRegistry) {
        self.registry = registry
        requests = registry.counters(
            "interlink_requests_total", help: "Requests by route and status code.", labels: ["route", "code"])
        requestDurations = registry.histograms(
            "interlink_request_duration_seconds", help: "Time from a whole request to its answer.", labels: ["route"])
        connections = registry.gauge("interlink_connections", help: "Open connections.")
        refusedConnections = registry.counters(
            "interlink_connections_refused_total", help: "Connections that were refused.", labels: ["reason"])
        backendCalls = registry.counters(
            "interlink_backend_calls_total", help: "Calls of the backend by outcome.", labels: ["call", "outcome"])
        backendCallDurations = registry.histograms(
            "interlink_backend_call_duration_seconds", help: "How long calls of the backend take.", labels: ["call"])
        backendIntervals = registry.gauges(
            "interlink_backend_interval_seconds", help: "Time between two rounds of asking the backend.",
            labels: ["call"])
        statusAges = registry.histogram(
            "interlink_status_age_seconds", help: "How old the evidence was in answers to status requests.",
            bounds: [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 900, 3600])
        queueLengths = registry.gauges("interlink_queue_length", help: "How many wait.", labels: ["queue"])
        storeWrites = registry.counter("interlink_store_writes_total", help: "Writes to the store.")
        storeErrors = registry.counter("interlink_store_errors_total", help: "Writes to the store that failed.")
        storeWriteDurations = registry.histogram(
            "interlink_store_write_duration_seconds", help: "How long a group of writes takes until it is on disk.")
        registry.addProcessMetrics()
    }

    /// The tracked pods by state, counted when somebody asks.
    package func readPods(_ count: @escaping @Sendable () -> [(state: String, pods: Int)]) {
        registry.read("interlink_pods", help: "Tracked pods by state.", labels: ["state"]) {
            count().map { .init(Double($0.pods), labels: $0.state) }
        }
    }

    /// The age of the oldest evidence that would be answered now, in seconds; nil when there is nothing to tell.
    package func readOldestStatus(_ age: @escaping @Sendable () -> Duration?) {
        registry.read("interlink_status_oldest_seconds", help: "Age of the oldest evidence about a live pod.") {
            age().map { [.init($0 / .seconds(1))] } ?? []
        }
    }

    /// What telemetry itself lost.
    package func readLosses(log: StandardErrorLog, tracer: Tracer) {
        registry.read(
            "interlink_log_lines_dropped_total", help: "Lines the log's reader was too slow for.", kind: .counter
        ) {
            [.init(Double(log.droppedLines))]
        }
        registry.read("interlink_spans_dropped_total", help: "Spans that were not exported.", kind: .counter) {
            [.init(Double(tracer.droppedSpans))]
        }
    }

    /// The version of the plugin, as a label of a series that is always 1.
    package func tell(plugin: String, version: String) {
        registry.gauges("interlink_plugin_info", help: "The plugin and its version.", labels: ["plugin", "version"])[
            plugin, version
        ].set(1)
    }
}
