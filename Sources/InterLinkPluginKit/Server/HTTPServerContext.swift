import InterLinkSystem

/// What all connections of a server share.
struct HTTPServerContext: Sendable {
    let handler: any HTTPHandler
    let limits: HTTPLimits
    let observer: HTTPServerObserver?
    let encoder = HTTPResponseEncoder()
    let bodies: BodyBudget
    let connections: ConnectionRegistry

    init(handler: any HTTPHandler, limits: HTTPLimits, observer: HTTPServerObserver?) {
        self.handler = handler
        self.limits = limits
        self.observer = observer
        bodies = BodyBudget(limit: limits.allBodies)
        connections = ConnectionRegistry(limit: limits.connections)
    }
}
