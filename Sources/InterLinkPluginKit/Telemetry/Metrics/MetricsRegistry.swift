import InterLinkSystem

/// The metrics of a plugin, and their text for Prometheus.
///
/// ```swift
/// let retries = registry.counter("mysite_retries_total", help: "Calls that were made again.")
/// retries.add()
/// ```
/// Asking again for the same metric gives the same one. To ask for it with other labels or as another kind is a mistake
/// of the program, and stops it.
public final class MetricsRegistry: Sendable {
    /// The media type of the text.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// One value of a metric that is read when somebody asks.
    public struct Sample: Sendable {
        let values: [String]
        let value: Double

        /// A value, with the values of the labels in their order.
        public init(_ value: Double, labels values: String...) {
            self.value = value
            self.values = values
        }
    }

    /// What kind a metric is that is read when somebody asks.
    public enum ReadKind: String, Sendable {
        /// It only grows.
        case counter
        /// It goes up and down.
        case gauge
    }

    private struct Entry {
        var help: String
        var type: String
        var family: any Sendable
        var write: @Sendable (inout Exposition) -> Void
    }

    private let entries = Lock<[String: Entry]>([:])
    private let seriesLimit: Int

    /// A registry without metrics, whose families have at most `seriesLimit` series each.
    public init(seriesLimit: Int = 256) { self.seriesLimit = seriesLimit }

    /// A counter. Its name ends with `_total`.
    public func counter(_ name: String, help: String) -> Counter { counters(name, help: help, labels: [])[] }

    /// A counter for each combination of label values.
    public func counters(_ name: String, help: String, labels: [String]) -> MetricFamily<Counter> {
        family(name, help: help, type: "counter", labels: labels, make: Counter.init) { exposition, labels, counter in
            exposition.add(name, labels, counter.value)
        }
    }

    /// A gauge.
    public func gauge(_ name: String, help: String) -> Gauge { gauges(name, help: help, labels: [])[] }

    /// A gauge for each combination of label values.
    public func gauges(_ name: String, help: String, labels: [String]) -> MetricFamily<Gauge> {
        family(name, help: help, type: "gauge", labels: labels, make: Gauge.init) { exposition, labels, gauge in
            exposition.add(name, labels, gauge.value)
        }
    }

    /// A histogram, with the upper bounds of its buckets in rising order.
    public func histogram(_ name: String, help: String, bounds: [Double] = Histogram.latencies) -> Histogram {
        histograms(name, help: help, labels: [], bounds: bounds)[]
    }

    /// A histogram for each combination of label values.
    public func histograms(
        _ name: String, help: String, labels: [String], bounds: [Double] = Histogram.latencies
    ) -> MetricFamily<Histogram> {
        let make: @Sendable () -> Histogram = { Histogram(bounds: bounds) }
        return family(name, help: help, type: "histogram", labels: labels, make: make) {
            exposition, labels, histogram in
            exposition.add(name, labels, histogram)
        }
    }

    /// A metric that is read when somebody asks; `read` must be quick and must not wait.
    public func read(
        _ name: String, help: String, kind: ReadKind = .gauge, labels: [String] = [],
        _ read: @escaping @Sendable () -> [Sample]
    ) {
        let limit = seriesLimit
        register(name, help: help, type: kind.rawValue, labels: labels, family: labels) { exposition in
            for sample in read().prefix(limit) where sample.values.count == labels.count {
                exposition.add(name, Exposition.Labels(labels, sample.values), sample.value)
            }
        }
    }

    /// All metrics, as Prometheus reads them.
    public func exposition() -> String {
        let entries = entries.withLock { $0.sorted { $0.key < $1.key } }
        var exposition = Exposition()
        for (name, entry) in entries {
            exposition.begin(name, help: entry.help, type: entry.type)
            entry.write(&exposition)
        }
        return exposition.text
    }

    private func family<Metric: Sendable>(
        _ name: String, help: String, type: String, labels: [String], make: @escaping @Sendable () -> Metric,
        write: @escaping @Sendable (inout Exposition, Exposition.Labels, Metric) -> Void
    ) -> MetricFamily<Metric> {
        let family = MetricFamily(name: name, labels: labels, limit: seriesLimit, make: make)
        // A metric without labels is there from the start, at zero.
        if labels.isEmpty { _ = family[] }
        let registered = register(name, help: help, type: type, labels: labels, family: family) { exposition in
            for (values, metric) in family.all { write(&exposition, Exposition.Labels(labels, values), metric) }
        }
        guard let registered = registered as? MetricFamily<Metric>, registered.labels == labels else {
            preconditionFailure("the metric \(name) exists already, as another kind or with other labels")
        }
        return registered
    }

    /// What is registered under the name: this, or what was registered before.
    @discardableResult
    private func register(
        _ name: String, help: String, type: String, labels: [String], family: any Sendable,
        write: @escaping @Sendable (inout Exposition) -> Void
    ) -> any Sendable {
        precondition(Exposition.isName(name) && labels.allSatisfy(Exposition.isName), "no name of a metric: \(name)")
        return entries.withLock { entries in
            if let entry = entries[name] { return entry.family }
            entries[name] = Entry(help: help, type: type, family: family, write: write)
            return family
        }
    }
}
