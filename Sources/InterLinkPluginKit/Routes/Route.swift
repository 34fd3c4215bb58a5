/// What can be asked for, by its path.
enum Route: String, CaseIterable, Sendable {
    case create = "/create"
    case status = "/status"
    case delete = "/delete"
    case logs = "/getLogs"
    case health = "/healthz"
    case readiness = "/readyz"
    case metrics = "/metrics"
    case jobs = "/jobs"

    /// The methods that it is asked with. InterLink sends bodies with GET, other clients cannot.
    var methods: [HTTPMethod] {
        switch self {
        case .create: [.post]
        case .status, .logs: [.get, .post]
        case .delete: [.post, .delete]
        case .health, .readiness, .metrics, .jobs: [.get, .head]
        }
    }
}

/// The meters of all routes.
struct RouteMeters: Sendable {
    private let known: [Route: RouteMeter]
    /// Of requests for anything else.
    let other: RouteMeter

    init(_ metrics: HostMetrics) {
        other = RouteMeter("other", metrics)
        known = Dictionary(uniqueKeysWithValues: Route.allCases.map { ($0, RouteMeter($0.rawValue, metrics)) })
    }

    subscript(route: Route) -> RouteMeter { known[route] ?? other }
}

/// Why a request is not answered as it was meant.
struct RouteFailure: Error, Hashable {
    let status: HTTPStatus
    /// One short line for whoever asked: a Virtual Kubelet shows it in the status of the pod.
    let reason: String
    var retryAfter: Int?

    init(_ status: HTTPStatus, _ reason: String, retryAfter: Int? = nil) {
        self.status = status
        self.reason = oneLine(reason, atMost: 1000)
        self.retryAfter = retryAfter
    }

    var response: HTTPResponse {
        var response = HTTPResponse.text(reason, status: status)
        if let retryAfter { response.headers.append(("Retry-After", "\(retryAfter)")) }
        return response
    }
}
