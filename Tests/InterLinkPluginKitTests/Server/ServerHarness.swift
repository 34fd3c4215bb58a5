import Glibc
import InterLinkSystem
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// A handler made of two closures.
struct TestHandler: HTTPHandler {
    var fromMemory: @Sendable (HTTPRequest) -> HTTPResponse? = { _ in nil }
    var slowly: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in .text("not found", status: .notFound) }

    func answerFromMemory(_ request: HTTPRequest) -> HTTPResponse? { fromMemory(request) }
    func answer(_ request: HTTPRequest) async -> HTTPResponse { await slowly(request) }

    /// Tells what was understood of the request: method, path, query and body.
    static let echo = TestHandler(fromMemory: { request in
        HTTPResponse(
            headers: [("Content-Type", "text/plain")],
            body: .bytes(
                Array("\(request.method.rawValue) \(request.path) \(request.query ?? "-") ".utf8) + request.body))
    })
}

extension HTTPLimits {
    /// Limits whose times no machine is too slow for.
    static var patient: HTTPLimits {
        var limits = HTTPLimits()
        limits.headTime = .seconds(600)
        limits.bodyTime = .seconds(600)
        limits.idleTime = .seconds(600)
        limits.writeTime = .seconds(600)
        limits.lingerTime = .seconds(600)
        return limits
    }
}

/// A server of one test, and what goes with it.
struct ServerHarness {
    let server: HTTPServer
    let loops: EventLoopGroup
    let addresses: [HTTPAddress]
    let events: EventLog
    let directory: TemporaryDirectory

    /// Runs a test against a server that listens on a unix socket or, if asked to, on something else.
    static func run(
        _ handler: TestHandler = .echo, limits: HTTPLimits = .patient,
        listeners: ((TemporaryDirectory) -> [HTTPListener])? = nil,
        _ body: (ServerHarness) async throws -> Void
    ) async throws {
        let loops = try EventLoopGroup(name: "test", count: 2)
        defer { loops.stop() }
        let directory = try TemporaryDirectory()
        let events = EventLog()
        let server = HTTPServer(handler: handler, loops: loops, limits: limits) { events.add($0) }
        let addresses = try server.start(
            listeners?(directory) ?? [.unix(UnixListener(path: directory.path("socket")))])
        let harness = ServerHarness(
            server: server, loops: loops, addresses: addresses, events: events, directory: directory)
        do {
            try await body(harness)
        } catch {
            await server.stop(within: .zero)
            throw error
        }
        await server.stop(within: .zero)
    }

    func connect(to index: Int = 0) async throws -> RawClient {
        try await RawClient(to: addresses[index], on: loops.next())
    }
}

/// The events of one server, in order.
final class EventLog: Sendable {
    private let events = Lock<[HTTPServerEvent]>([])

    func add(_ event: HTTPServerEvent) { events.withLock { $0.append(event) } }

    var all: [HTTPServerEvent] { events.withLock { $0 } }
}
