/// What the server tells whoever counts: a closure that is called on the event loops and must not block.
typealias HTTPServerObserver = @Sendable (HTTPServerEvent) -> Void

enum HTTPServerEvent: Sendable {
    case connectionOpened
    case connectionClosed
    /// An answer has gone out, or as much of it as the client took. `time` runs from the end of the request's head.
    case answered(HTTPMethod, path: String, HTTPStatus, time: Duration, received: Int)
    /// A request that no handler saw.
    case refused(HTTPFault)
    /// Connections beyond the limit are turned away.
    case connectionRefused(HTTPPeer?)
    /// No connection can be accepted now, for want of descriptors or memory; tried again after `pause`.
    case acceptFailed(reason: String, pause: Duration)
    /// The file with the bearer token could not be read again; the token known before stays in force.
    case tokenUnreadable(reason: String)
}
