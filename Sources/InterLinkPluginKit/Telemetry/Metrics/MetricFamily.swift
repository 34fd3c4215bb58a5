import InterLinkSystem

/// A metric with labels: one series for every combination of their values, up to a limit.
///
/// Label values are never names of pods or users: they are routes, calls, outcomes. Should they be more than the limit
/// all the same, further ones are counted together, with every label `other`.
public final class MetricFamily<Metric: Sendable>: Sendable {
    let name: String
    let labels: [String]
    private let series = Lock<[[String]: Metric]>([:])
    private let limit: Int
    private let make: @Sendable () -> Metric

    init(name: String, labels: [String], limit: Int, make: @escaping @Sendable () -> Metric) {
        self.name = name
        self.labels = labels
        self.limit = limit
        self.make = make
    }

    /// The series of these label values, in the order of the labels. Keep it where it is used often.
    public subscript(values: String...) -> Metric {
        precondition(values.count == labels.count, "\(name) has the labels \(labels)")
        return series.withLock { series in
            if let metric = series[values] { return metric }
            let key = series.count < limit ? values : labels.map { _ in "other" }
            if let metric = series[key] { return metric }
            let metric = make()
            series[key] = metric
            return metric
        }
    }

    /// All series, ordered by their label values.
    var all: [(values: [String], metric: Metric)] {
        series.withLock { $0.map { (values: $0.key, metric: $0.value) } }
            .sorted { $0.values.lexicographicallyPrecedes($1.values) }
    }
}
