import InterLinkSystem

/// One connection: requests in, answers out, one after the other. Lives in a task on its event loop.
struct HTTPConnection {
    let context: HTTPServerContext
    let socket: ClientSocket
    let handle: ConnectionHandle
    let peer: HTTPPeer
    let token: BearerToken?
    private var reader: HTTPRequestReader

    init(
        context: HTTPServerContext, socket: ClientSocket, handle: ConnectionHandle, peer: HTTPPeer, token: BearerToken?
    ) {
        self.context = context
        self.socket = socket
        self.handle = handle
        self.peer = peer
        self.token = token
        reader = HTTPRequestReader(context: context, socket: socket, handle: handle)
    }

    /// Answers requests until the client or the server ends it.
    mutating func serve() async {
        do {
            while let head = try await reader.nextHead() {
                guard try await answer(head) else {
                    await closeGently()
                    return
                }
            }
        } catch let fault as HTTPFault {
            await refuse(fault)
        } catch {
            // The client has left, or the server's time is over: nobody is there to be told.
        }
    }

    /// Answers with the fault and closes.
    mutating func refuse(_ fault: HTTPFault) async {
        context.observer?(.refused(fault))
        let response = fault.response
        guard case .bytes(let body) = response.body else { return }
        let head = context.encoder.head(of: response, framing: .length(body.count), closes: true)
        do {
            try await socket.send(head, body)
        } catch {
            return
        }
        await closeGently()
    }

    /// Returns whether another request may follow.
    private mutating func answer(_ head: HTTPRequestHead) async throws -> Bool {
        let start = ContinuousClock.now
        if let token, !token.permits(head.headers) {
            throw HTTPFault(.unauthorized, "a valid bearer token is needed")
        }
        defer { reader.releaseBody() }
        let body = head.framing == .none ? [] : try await reader.readBody(of: head)
        let request = HTTPRequest(
            head.method, head.path, query: head.query, headers: head.headers, body: body, peer: peer)
        let response: HTTPResponse
        if let known = context.handler.answerFromMemory(request) {
            response = known
        } else {
            response = await withTaskExecutorPreference(globalConcurrentExecutor) { [context] in
                await context.handler.answer(request)
            }
        }
        let keepsAlive = head.keepsAlive && !context.connections.isDraining
        defer {
            if let observer = context.observer {
                let time = ContinuousClock.now - start
                observer(.answered(head.method, path: head.path, response.status, time: time, received: body.count))
            }
        }
        let sender = HTTPResponseSender(context: context, socket: socket, request: head)
        do {
            let goesOn = try await sender.send(response, closes: !keepsAlive, packs: isNetwork)
            await tell(response, true)
            return goesOn
        } catch {
            await tell(response, false)
            throw error
        }
    }

    private func tell(_ response: HTTPResponse, _ isSent: Bool) async {
        guard let sent = response.sent else { return }
        await withTaskExecutorPreference(globalConcurrentExecutor) { await sent(isSent) }
    }

    private var isNetwork: Bool {
        switch peer {
        case .network: true
        case .local: false
        }
    }

    /// Closes in a way that lets the client read the answer: a socket closed with unread bytes resets the connection.
    private mutating func closeGently() async {
        socket.shutDownSending()
        let deadline = ContinuousClock.now + context.limits.lingerTime
        while ContinuousClock.now < deadline {
            guard await reader.discard(until: deadline) else { return }
        }
    }
}
