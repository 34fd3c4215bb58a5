import InterLinkAPI
import LosslessJSON

@testable import InterLinkPluginKit

/// A plugin that is wrong in one way: what it does with each call. What it does not do itself, the good plugin behind it
/// does.
struct BadPlugin: Sendable {
    typealias Behaviour = @Sendable (HTTPRequest, GoodPlugin) async -> HTTPResponse

    var create: Behaviour = { request, good in await good.answer(request) }
    var status: Behaviour = { request, good in await good.answer(request) }
    var delete: Behaviour = { request, good in await good.answer(request) }
    var logs: Behaviour = { request, good in await good.answer(request) }
    /// What goes with the process when it is started again.
    var restart: @Sendable () async -> Void = {}
    var ping: Behaviour = { request, good in await good.answer(request) }
}

/// Serves a bad plugin: tells the calls of interLink apart, as every plugin does.
struct BadServer: HTTPHandler {
    let bad: BadPlugin
    let good: GoodPlugin

    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        switch request.path {
        case "/create": await bad.create(request, good)
        case "/delete": await bad.delete(request, good)
        case "/getLogs": await bad.logs(request, good)
        case "/status" where request.body == Array("[]".utf8): await bad.ping(request, good)
        case "/status": await bad.status(request, good)
        default: await good.answer(request)
        }
    }
}
