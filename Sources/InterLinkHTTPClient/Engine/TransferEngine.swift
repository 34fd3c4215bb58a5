import CCurl
import Glibc
import InterLinkSystem

/// The thread that drives libcurl. Everything but `post` and `stop` happens on it.
final class TransferEngine: Sendable {
    /// What others want of the thread.
    enum Command: Sendable {
        case start(Exchange)
        case resume(Exchange)
        case cancel(Exchange)
    }

    /// The multi handle of libcurl.
    ///
    /// Sendable holds because other threads do nothing with it but `curl_multi_wakeup`, which libcurl allows, and only
    /// under the lock that the thread takes before it frees the handle.
    private struct Multi: @unchecked Sendable {
        let pointer: UnsafeMutableRawPointer
    }

    private struct Inbox {
        var commands: [Command] = []
        var isStopped = false
        var isClosed = false
    }

    private let configuration: HTTPClient.Configuration
    private let multi: Multi
    private let inbox = Lock(Inbox())

    /// libcurl wants this once, before any other call.
    private static let library = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    static func start(_ configuration: HTTPClient.Configuration) throws(Failure) -> TransferEngine {
        guard library == CURLE_OK, let multi = curl_multi_init() else {
            throw Failure(.system, "libcurl cannot be started")
        }
        il_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, configuration.connectionsPerHost)
        il_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(1, configuration.idleConnections))
        let engine = TransferEngine(configuration, Multi(pointer: multi))
        do {
            try startThread(named: "http-client") { engine.run() }
        } catch {
            curl_multi_cleanup(multi)
            throw Failure(.system, "no thread for the HTTP client: \(error)")
        }
        return engine
    }

    private init(_ configuration: HTTPClient.Configuration, _ multi: Multi) {
        self.configuration = configuration
        self.multi = multi
    }

    func post(_ command: Command) {
        let isStopped = inbox.withLock { inbox in
            if inbox.isStopped { return true }
            inbox.commands.append(command)
            if inbox.commands.count == 1 { curl_multi_wakeup(multi.pointer) }
            return false
        }
        if isStopped, case .start(let exchange) = command { exchange.finish(Self.closed) }
    }

    func stop() {
        inbox.withLock { inbox in
            inbox.isStopped = true
            if !inbox.isClosed { curl_multi_wakeup(multi.pointer) }
        }
    }

    private static let closed = Result<Void, Failure>.failure(Failure(.closed, "the client was closed"))

    // MARK: On the thread

    private func run() {
        var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
        var handles: [ObjectIdentifier: UnsafeMutableRawPointer] = [:]
        let agenda = Agenda()

        func remove(_ handle: UnsafeMutableRawPointer) -> Transfer? {
            guard let transfer = transfers.removeValue(forKey: handle) else { return nil }
            handles[ObjectIdentifier(transfer.exchange)] = nil
            curl_multi_remove_handle(multi.pointer, handle)
            return transfer
        }

        func start(_ exchange: Exchange) {
            do throws(Failure) {
                let transfer = try Transfer(exchange, configuration, agenda)
                guard curl_multi_add_handle(multi.pointer, transfer.handle) == CURLM_OK else {
                    throw Failure(.system, "libcurl does not take another transfer")
                }
                transfers[transfer.handle] = transfer
                handles[ObjectIdentifier(exchange)] = transfer.handle
            } catch {
                exchange.finish(.failure(error))
            }
        }

        while true {
            let (commands, isStopped) = inbox.withLock { inbox in
                defer { inbox.commands = [] }
                return (inbox.commands, inbox.isStopped)
            }
            for command in commands {
                switch command {
                case .start(let exchange):
                    start(exchange)
                case .resume(let exchange):
                    if let handle = handles[ObjectIdentifier(exchange)] {
                        transfers[handle]?.resume()
                    }
                case .cancel(let exchange):
                    if let handle = handles[ObjectIdentifier(exchange)] { _ = remove(handle) }
                }
            }
            if isStopped { break }
            var running: CInt = 0
            curl_multi_perform(multi.pointer, &running)
            var code = CURLE_OK
            while let handle = il_curl_multi_next_ended(multi.pointer, &code) {
                if let transfer = remove(handle) { transfer.exchange.finish(transfer.end(code)) }
            }
            let now = TransferClock.now()
            if agenda.isDue(now) {
                for transfer in transfers.values.filter({ $0.expire(now: now) }) { _ = remove(transfer.handle) }
            }
            wait(until: agenda.next)
        }
        for handle in Array(transfers.keys) { remove(handle)?.exchange.finish(Self.closed) }
        inbox.withLock { $0.isClosed = true }
        curl_multi_cleanup(multi.pointer)
    }

    private func wait(until deadline: Duration?) {
        var milliseconds: CInt = 60_000
        if let deadline {
            let left = deadline - TransferClock.now()
            let rounded = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1
            milliseconds = CInt(max(0, min(60_000, rounded)))
        }
        curl_multi_poll(multi.pointer, nil, 0, milliseconds, nil)
    }
}
