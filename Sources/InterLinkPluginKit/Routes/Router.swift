import InterLinkAPI

/// Takes requests to their routes. What is in memory is answered at once, on the event loop; everything else off it.
struct Router: HTTPHandler {
    let host: PluginHost

    /// A larger status request is read off the loop, where nobody waits for it.
    private static let largestOnLoop = 256 << 10

    func answerFromMemory(_ request: HTTPRequest) -> HTTPResponse? {
        guard let route = Route(rawValue: request.path) else {
            return host.telemetry.answer(host.meters.other, request) { Self.unknownPath }
        }
        guard route.methods.contains(request.method) else {
            return host.telemetry.answer(host.meters[route], request) {
                let allowed = route.methods.map(\.rawValue).joined(separator: ", ")
                var response = RouteFailure(
                    .methodNotAllowed, "\(route.rawValue) takes \(allowed), not \(request.method.rawValue)"
                ).response
                response.headers.append(("Allow", allowed))
                return response
            }
        }
        switch route {
        case .status where request.body.count <= Self.largestOnLoop:
            return host.telemetry.answer(host.meters[route], request) { host.statusFromMemory(request) }
        case .health: return host.telemetry.answer(host.meters[route], request) { .text("ok") }
        case .readiness: return host.telemetry.answer(host.meters[route], request) { host.readiness }
        case .create, .status, .delete, .logs, .metrics, .jobs: return nil
        }
    }

    private static var unknownPath: HTTPResponse {
        let paths = Route.allCases.map(\.rawValue).joined(separator: ", ")
        return RouteFailure(.notFound, "there is no such path; there are \(paths)").response
    }

    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        guard let route = Route(rawValue: request.path) else { return Self.unknownPath }
        return await host.telemetry.request(
            host.meters[route], session: request.session, traceparent: request.headers["traceparent"]
        ) { scope in
            let response = await answer(request, route, scope)
            return (answer: response, status: response.status.code)
        }
    }

    private func answer(_ request: HTTPRequest, _ route: Route, _ scope: RequestScope) async -> HTTPResponse {
        do throws(RouteFailure) {
            switch route {
            case .create: return try await host.create(request.body, scope)
            case .status: return try await host.status(request)
            case .delete: return try await host.delete(request.body, scope)
            case .logs: return try await host.logs(request.body, scope)
            case .metrics: return host.metrics
            case .jobs: return host.jobs
            case .health: return .text("ok")
            case .readiness: return host.readiness
            }
        } catch {
            scope.logger.warning(
                "request refused", ["route": route.rawValue, "code": error.status.code, "why": error.reason])
            return error.response
        }
    }
}

extension HTTPRequest {
    /// What interLink calls the exchange; for logs only.
    var session: String? { headers["InterLink-Http-Session"] }
}

extension Telemetry {
    /// Answers a request from memory: counts and times it, and puts it into a span. Nil is no answer, and leaves nothing.
    fileprivate func answer(
        _ meter: RouteMeter, _ request: HTTPRequest, _ body: () -> HTTPResponse?
    ) -> HTTPResponse? {
        let start = ContinuousClock.now
        let span = tracer.span(
            meter.route, kind: .server, parent: request.headers["traceparent"].flatMap(TraceContext.init(traceparent:)))
        guard let response = body() else { return nil }
        let code = response.status.code
        span.set("http.route", meter.route)
        span.set("interlink.session", request.session)
        span.set("http.response.status_code", code)
        span.end()
        meter.answered(code, since: start)
        return response
    }
}
