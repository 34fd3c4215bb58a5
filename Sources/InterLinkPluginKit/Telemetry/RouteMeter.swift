/// What is counted of one route: looked up once, and not at every request.
package struct RouteMeter: Sendable {
    package let route: String
    private let durations: Histogram
    private let good: Counter
    private let requests: MetricFamily<Counter>

    package init(_ route: String, _ metrics: HostMetrics) {
        self.route = route
        durations = metrics.requestDurations[route]
        good = metrics.requests[route, "200"]
        requests = metrics.requests
    }

    /// Counts a request that was answered just now.
    func answered(_ status: Int, since start: ContinuousClock.Instant) {
        (status == 200 ? good : requests[route, "\(status)"]).add()
        durations.observe(ContinuousClock.now - start)
    }
}
