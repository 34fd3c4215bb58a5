import Glibc
import InterLinkSystem

@testable import InterLinkPluginKit

/// Answers what the Go program beside it answers; with `--hop` in the global pool, as plugins are called.
struct PingHandler: HTTPHandler {
    let hops: Bool
    private let body = Array(
        #"{"status":"ok","resources":{"cpu":"128","memory":"512Gi","pods":"1000","accelerators":[]},"version":"1"}"#
            .utf8)

    init(hops: Bool) { self.hops = hops }

    func answerFromMemory(_ request: HTTPRequest) -> HTTPResponse? { hops ? nil : respond(to: request) }

    func answer(_ request: HTTPRequest) async -> HTTPResponse { respond(to: request) }

    private func respond(to request: HTTPRequest) -> HTTPResponse {
        guard request.path == "/status", request.body == Array("[]".utf8) else {
            return .text("not found", status: .notFound)
        }
        return .json(body)
    }
}

let loops = try EventLoopGroup(name: "server", count: 2)
let server = HTTPServer(handler: PingHandler(hops: CommandLine.arguments.contains("--hop")), loops: loops) { _ in }
let addresses = try server.start([.tcp(TCPListener(port: 0))])
try FileDescriptor(owning: dup(STDOUT_FILENO)).writeLine(addresses[0].description)
// Ends with its standard input, so that no benchmark leaves it behind.
try await loops.next().readable(STDIN_FILENO)
await server.stop(within: .zero)

extension FileDescriptor {
    fileprivate func writeLine(_ line: String) throws(SystemError) {
        let text = line + "\n"
        guard write(rawValue, text, text.utf8.count) == text.utf8.count else { throw SystemError("write") }
    }
}
