import Glibc
import InterLinkSystem

/// A plugin as a process: sockets, records, signals, from its start to its end in order.
struct PluginProcess<Plugin: InterLinkPlugin> {
    let name: String
    let version: String
    let host: HostConfiguration
    let plugin: Plugin.Configuration
    let environment: [String: String]
    let exporter: (@Sendable (TraceSettings) throws -> any SpanExporter)?
    /// Sockets that systemd has passed.
    let inherited: [Int32]
    let signals: TerminationSignals

    /// Returns when the process was asked to end and has ended its work.
    func run() async throws {
        let log = StandardErrorLog(format: host.log.format)
        let logger = Logger(level: host.log.level, to: log)
        let traces = try TraceSettings(environment: host.trace.completing(environment), serviceName: name)
        let tracer = try Tracer(settings: traces, exporter: traces.flatMap { try exporter?($0) }, logger: logger)
        let metrics = HostMetrics(registry: MetricsRegistry())
        metrics.readLosses(log: log, tracer: tracer)
        metrics.tell(plugin: name, version: version)
        let telemetry = Telemetry(logger: logger, metrics: metrics, tracer: tracer)
        // Who connects from now on waits in the queue of the socket until the records are read. So nobody is turned away
        // while the process before this one lets go of them.
        let sockets = try openSockets()
        do {
            try await serve(sockets, telemetry)
        } catch {
            for socket in sockets { socket.close() }
            await tracer.shutDown(within: .seconds(2))
            throw error
        }
        await tracer.shutDown(within: .seconds(2))
    }

    private func openSockets() throws(HTTPListenerError) -> [ListeningSocket] {
        let sockets = try ListeningSocket.open(host.listen.listeners(inherited: inherited))
        for socket in sockets where socket.token == nil {
            guard case .tcp(let address, _) = socket.address, !TCPConfiguration.isLoopback(address) else { continue }
            for socket in sockets { socket.close() }
            throw HTTPListenerError(
                "\(socket.address) lets others than this machine in, and there is no token; name a tokenFile")
        }
        return sockets
    }

    private func serve(_ sockets: [ListeningSocket], _ telemetry: Telemetry) async throws {
        let logger = telemetry.logger
        let clock = SystemTimeSource()
        let loops = try EventLoopGroup(name: "server")
        defer { loops.stop() }
        guard let failpoints = Failpoints(environment: environment["INTERLINK_FAILPOINT"]) else {
            throw ConfigurationError([
                ConfigurationProblem(
                    "", "there is no such failpoint", advice: "unset it", place: "INTERLINK_FAILPOINT")
            ])
        }
        let store = try await openStore(clock, telemetry)
        do {
            var commands = CommandRunner.Configuration()
            commands.concurrency = host.limits.commands
            let foundation = PluginHost.Foundation(
                store: store, clock: clock, telemetry: telemetry, commands: try CommandRunner(configuration: commands),
                loop: loops.next())
            let plugin = try await Plugin(configuration: plugin, services: foundation.services)
            let host = PluginHost(
                plugin: plugin, on: foundation, configuration: host, name: name, failpoints: failpoints)
            try await host.start()
            let server = HTTPServer(handler: Router(host: host), loops: loops, limits: limits) { [weak host] in
                host?.observer.note($0)
            }
            server.start(sockets)
            tell("READY=1", logger)
            logger.notice(
                "ready",
                [
                    "plugin": name, "version": version,
                    "listens": sockets.map(\.address.description).joined(separator: " "),
                ])
            let memory = Task { await FreeMemory.giveBack(every: .seconds(15)) }
            defer { memory.cancel() }
            let signal = await signals.wait()
            await end(host, server, by: signal, logger)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
        logger.notice("ended; jobs go on running")
    }

    /// Gives up waiting for the records when the process is asked to end meanwhile.
    private func openStore(_ clock: SystemTimeSource, _ telemetry: Telemetry) async throws -> Store {
        let opening = Task {
            try await Store.open(in: host.state, by: clock, metrics: telemetry.metrics) {
                telemetry.logger.notice("waiting for the process before this one", ["why": "\($0)"])
            }
        }
        let watch = Task { [signals] in
            _ = await signals.wait()
            opening.cancel()
        }
        defer { watch.cancel() }
        do {
            return try await opening.value
        } catch is CancellationError {
            throw Interrupted()
        }
    }

    private func end(_ host: PluginHost, _ server: HTTPServer, by signal: Int32, _ logger: Logger) async {
        tell("STOPPING=1", logger)
        logger.notice("ending", ["signal": signal == SIGINT ? "INT" : "TERM"])
        let time = self.host.lifecycle.drain
        async let drained: Void = host.drain(within: time)
        let unfinished = await server.stop(within: time)
        await drained
        await host.leave()
        if unfinished > 0 { logger.warning("connections were broken off", ["connections": unfinished]) }
        host.stop()
    }

    private var limits: HTTPLimits {
        var limits = HTTPLimits()
        limits.body = Int(clamping: host.limits.body.bytes)
        limits.allBodies = Int(clamping: host.limits.bodies.bytes)
        limits.connections = host.limits.connections
        limits.headTime = host.limits.headerTime
        limits.idleTime = host.limits.idleTime
        return limits
    }

    private func tell(_ state: String, _ logger: Logger) {
        do {
            try ServiceManager.notify(state)
        } catch {
            logger.warning("the service manager cannot be told", ["state": state, "error": "\(error)"])
        }
    }
}

/// The process was asked to end before it was ready.
struct Interrupted: Error {}
