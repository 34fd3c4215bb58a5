private import CLinux
import Glibc
import InterLinkSystem

/// Takes the connections of one listening socket and spreads them over the loops.
struct HTTPAcceptor: Sendable {
    let context: HTTPServerContext
    let listening: ListeningSocket
    let loops: EventLoopGroup
    /// The system call, which tests replace by one that fails.
    var accept: @Sendable (FileDescriptor) -> (descriptor: Int32, peer: SocketAddress) = acceptConnection

    private static let shortestPause = Duration.milliseconds(5)
    private static let longestPause = Duration.seconds(1)

    /// Accepts until cancelled; then takes those who wait in the queue, so that they still get an answer.
    func run(on loop: EventLoop) async {
        guard let watch = try? loop.watch(listening.descriptor.rawValue) else { return }
        defer { watch.end() }
        var pause = Self.shortestPause
        var accepted = 0
        var stragglers = listening.isInherited ? 0 : Int(ListeningSocket.backlog)
        while true {
            if Task.isCancelled {
                guard stragglers > 0 else { return }
                stragglers -= 1
            }
            let (number, address) = accept(listening.descriptor)
            if number >= 0 {
                pause = Self.shortestPause
                begin(FileDescriptor(owning: number), from: address)
                accepted += 1
                // Many at once must not hold up the connections that are there already.
                if accepted % 32 == 0 { await Task.yield() }
                continue
            }
            switch errno {
            case EAGAIN:
                if Task.isCancelled { return }
                do {
                    try await watch.readable()
                } catch is CancellationError {
                    continue
                } catch {
                    return
                }
            case EINTR, ECONNABORTED, EPROTO:
                continue
            default:
                // Out of descriptors or memory. The connection stays in the queue, so asking again at once would only
                // burn the processor.
                context.observer?(.acceptFailed(reason: SystemError("accept").description, pause: pause))
                guard (try? await loop.sleep(for: pause)) != nil else { return }
                pause = min(pause * 2, Self.longestPause)
            }
        }
    }

    private func begin(_ descriptor: FileDescriptor, from address: SocketAddress) {
        let handle = ConnectionHandle(descriptor)
        let peer = peer(of: descriptor, address)
        guard context.connections.add(handle) else {
            context.observer?(.connectionRefused(peer))
            turnAway(descriptor)
            return
        }
        context.observer?(.connectionOpened)
        let loop = loops.next()
        let task = Task(executorPreference: loop) {
            await serve(descriptor, handle, peer, on: loop)
            context.connections.remove(handle)
            context.observer?(.connectionClosed)
        }
        context.connections.attach(task, to: handle)
    }

    private func serve(
        _ descriptor: FileDescriptor, _ handle: ConnectionHandle, _ peer: HTTPPeer, on loop: EventLoop
    ) async {
        defer { descriptor.close() }
        guard let watch = try? loop.watch(descriptor.rawValue) else { return }
        defer { watch.end() }
        let socket = ClientSocket(descriptor: descriptor, watch: watch, writeTime: context.limits.writeTime)
        var connection = HTTPConnection(
            context: context, socket: socket, handle: handle, peer: peer, token: listening.token)
        if isAllowed(peer) {
            await connection.serve()
        } else {
            await connection.refuse(HTTPFault(.forbidden, "this user may not use the socket"))
        }
    }

    private func isAllowed(_ peer: HTTPPeer) -> Bool {
        guard let users = listening.allowedUsers, case .local(let user, _, _) = peer else { return true }
        return users.contains(user)
    }

    private func peer(of descriptor: FileDescriptor, _ address: SocketAddress) -> HTTPPeer {
        if case .tcp(let host, let port) = address.httpAddress {
            return .network(host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)")
        }
        var process: pid_t = 0
        // Nobody, should the kernel not say.
        var user: uid_t = 65534
        var group: gid_t = 65534
        _ = il_peer_credentials(descriptor.rawValue, &process, &user, &group)
        return .local(user: user, group: group, process: process)
    }

    /// Answers 503 without giving the connection a task; what does not fit into the socket is not worth waiting for.
    private func turnAway(_ descriptor: FileDescriptor) {
        let fault = HTTPFault(.serviceUnavailable, "too many connections", retryAfter: 1)
        guard case .bytes(let body) = fault.response.body else { return }
        var bytes = context.encoder.head(of: fault.response, framing: .length(body.count), closes: true) + body
        _ = send(descriptor.rawValue, &bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        shutdown(descriptor.rawValue, Int32(SHUT_WR))
    }
}

/// Accepts a connection. The number is below zero, and `errno` set, when there is none.
@Sendable private func acceptConnection(_ descriptor: FileDescriptor) -> (descriptor: Int32, peer: SocketAddress) {
    SocketAddress.accept { address, length in
        il_accept4(
            descriptor.rawValue, address, &length, Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue))
    }
}
