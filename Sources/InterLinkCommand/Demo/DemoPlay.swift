import InterLinkAPI
import InterLinkHTTPClient
import KubernetesModel

/// The demo from its first call to its last.
actor DemoPlay {
    private let plugin: InterLinkClient
    private var cast: [DemoPod]
    private var screen: DemoScreen
    private let deadline: ContinuousClock.Instant

    init(plugin: InterLinkClient, cast: [DemoPod], screen: DemoScreen, limit: Duration) {
        self.plugin = plugin
        self.cast = cast
        self.screen = screen
        deadline = .now + limit
    }

    func run() async throws {
        let answer = try await firstPing()
        screen.title("A plugin listens at \(plugin.endpoint)")
        if !answer.isEmpty { screen.say("  It says: \(answer)") }
        screen.title("Three pods, as the interLink API server sends them")
        for actor in cast { screen.say("  \(actor.name): \(actor.about)") }
        screen.say()
        do {
            try await perform()
        } catch {
            await deleteAll()
            throw error
        }
        await deleteAll()
        screen.title("All pods are deleted.")
    }

    private func perform() async throws {
        for actor in cast { _ = try await plugin.create(actor.request).get() }
        var farewell: Task<[UInt8], any Error>?
        while !cast.allSatisfy(\.hasEnded) {
            try Task.checkCancellation()
            guard ContinuousClock.now < deadline else {
                throw CommandError(
                    problem: "the pods have not ended in time",
                    advice: "The plugin's own log may tell why. Where jobs wait for a place, give it --limit SECONDS.")
            }
            try await look()
            if farewell == nil, let endless = cast.first(where: { $0.end == .deletion && $0.runs }), othersAreUnderWay {
                farewell = follow(endless)
                // Long enough for a line or two.
                try await Task.sleep(for: .seconds(1))
                try await delete(endless)
            }
            try await Task.sleep(for: .milliseconds(200))
        }
        try await showLogs(farewell: try await farewell?.value ?? [])
        guard cast.allSatisfy(\.isAsMeant) else {
            throw CommandError(
                problem: "not every pod ended as it was meant to",
                advice: "The table above tells which, and the logs why.")
        }
    }

    /// Something is to be seen of the others before the one is deleted.
    private var othersAreUnderWay: Bool {
        cast.allSatisfy { actor in
            actor.end == .deletion || actor.states.contains { $0 == .running || $0.exitCode != nil }
        }
    }

    private func look() async throws {
        let pods = cast.filter { !$0.isDeleted }.map(\.pod)
        let answers = try await plugin.status(of: pods).get()
        for index in cast.indices {
            if let answer = answers.first(where: { $0.uid == cast[index].pod.metadata.uid }) {
                cast[index].take(answer)
            }
        }
        show()
    }

    private func show() {
        screen.show(
            cast.flatMap { actor in
                zip(actor.containers, actor.states).map { .init(pod: actor.name, container: $0, state: $1) }
            })
    }

    /// The log as it grows, until the container has ended.
    private func follow(_ actor: DemoPod) -> Task<[UInt8], any Error> {
        let request = logRequest(actor, actor.containers[0], LogOptions(follow: true))
        let plugin = plugin
        return Task { [weak self] in
            let response = try await plugin.logs(request)
            let log = try await response.body.collect(upTo: 1 << 20)
            await self?.isGone(actor.name)
            return log
        }
    }

    private func delete(_ actor: DemoPod) async throws {
        try await plugin.delete(actor.pod).get()
        for index in cast.indices where cast[index].name == actor.name && !cast[index].hasEnded {
            cast[index].wasDeleted()
        }
        show()
    }

    private func isGone(_ name: String) {
        for index in cast.indices where cast[index].name == name { cast[index].isGone() }
        show()
    }

    private func showLogs(farewell: [UInt8]) async throws {
        screen.title("Their logs")
        for actor in cast {
            for container in actor.containers {
                var log = farewell
                if actor.end != .deletion {
                    let response = try await plugin.logs(logRequest(actor, container, LogOptions()))
                    log = try await response.body.collect(upTo: 1 << 20)
                }
                screen.log("\(actor.name)/\(container)", log)
            }
        }
    }

    private func logRequest(_ actor: DemoPod, _ container: String, _ options: LogOptions) -> LogRequest {
        LogRequest(
            podUID: actor.pod.metadata.uid ?? "", containerName: container, namespace: actor.pod.metadata.namespace,
            options: options, podName: actor.name)
    }

    /// A plugin that was just started may need a moment.
    private func firstPing() async throws -> String {
        while true {
            do {
                switch try await plugin.ping().get() {
                case .structured(let answer): return answer.status ?? ""
                case .text(let text): return text
                }
            } catch {
                try Task.checkCancellation()
                guard ContinuousClock.now < deadline else {
                    throw CommandError(
                        problem: "no plugin answers at \(plugin.endpoint): \(error)",
                        advice: "Is it running, and may you connect?")
                }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// Also after Ctrl-C: so outside the task that was cancelled.
    private func deleteAll() async {
        let plugin = plugin
        let pods = cast.filter { !$0.isDeleted }.map(\.pod)
        await Task { for pod in pods { _ = try? await plugin.delete(pod) } }.value
    }
}
