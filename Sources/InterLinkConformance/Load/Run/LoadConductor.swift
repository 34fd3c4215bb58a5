import InterLinkSystem

/// Leads a load through its parts: creates, rounds, and the deletes, which come whatever happens.
final class LoadConductor: Sendable {
    private let options: LoadOptions
    private let targets: [LoadTarget]
    private let clock: LoadClock
    private let creates = TaskBag()
    private let readers = TaskBag()
    private let state = Lock(State())

    private struct State {
        var active: Task<Void, Never>?
        var isStopped = false
        var isSent = false
        var phase = LoadProgress.Phase.running
    }

    private static let logsAtOnce = 16
    /// How long creates may take to be answered when the load was interrupted, before the deletes begin.
    private static let lastAnswers = Duration.seconds(10)
    private static let deleteAttempts = 3

    init(_ options: LoadOptions, _ targets: [LoadTarget], clock: LoadClock) {
        self.options = options
        self.targets = targets
        self.clock = clock
    }

    /// The deletes begin now, whatever is still to do.
    func stop() {
        state.withLock { state in
            state.isStopped = true
            state.active?.cancel()
        }
    }

    var wasStopped: Bool { state.withLock { $0.isStopped } }

    /// All of it; it is not to be cancelled, but stopped.
    func conduct() async {
        let active = Task { await self.load() }
        state.withLock { state in
            state.active = active
            if state.isStopped { active.cancel() }
        }
        await active.value
        if wasStopped { await creates.drain(within: Self.lastAnswers) } else { await creates.drain() }
        readers.cancelAll()
        await readers.drain()
        state.withLock { $0.phase = .deleting }
        await deleteAll()
    }

    /// How far it has come.
    var progress: LoadProgress {
        let phase = state.withLock { $0.phase }
        return LoadProgress(
            elapsed: clock.now, phase: phase,
            plugins: targets.map { target in
                let fleet = target.fleet
                let calls = target.notes.withLock { $0.calls }
                return LoadProgress.Plugin(
                    endpoint: target.endpoint, created: fleet.count { $0.view?.isKnown == true },
                    ended: fleet.count(where: \.hasEnded), left: fleet.count(where: \.mustBeDeleted),
                    statuses: calls[.status]?.times.count ?? 0, failures: calls.values.reduce(0) { $0 + $1.failures },
                    untruths: target.notes.withLock { $0.truth.counts.values.reduce(0) { $0 + $1.count } })
            })
    }

    private func load() async {
        let nodes = (0..<options.nodes).map { number in
            VirtualNode(
                number: number, options: options, targets: targets, clock: clock, readers: readers,
                logGate: Gate(Self.logsAtOnce)
            ) { [creates, state] in state.withLock { $0.isSent } && creates.isEmpty }
        }
        await withTaskGroup(of: Void.self) { pings in
            for node in nodes { pings.addTask { await node.ping() } }
            await withTaskGroup(of: Void.self) { work in
                work.addTask { await self.createAll() }
                for node in nodes { work.addTask { await node.look() } }
            }
            pings.cancelAll()
        }
    }

    private func createAll() async {
        let pacer = LoadPacer(clock: clock, rate: options.rate, calls: creates)
        await pacer.send(options.pods) { [targets] index, due in
            // Both plugins get their pod at the same moment.
            await withTaskGroup(of: Void.self) { group in
                for target in targets {
                    group.addTask { await target.gate.pass { await target.create(target.fleet[index], due: due) } }
                }
            }
        }
        state.withLock { $0.isSent = true }
    }

    /// Deletes everything that a plugin may have, and tries again what it did not take.
    private func deleteAll() async {
        for attempt in 1...Self.deleteAttempts {
            let left = targets.map { target in target.fleet.filter(\.mustBeDeleted) }
            let count = left.map(\.count).max() ?? 0
            guard count > 0 else { return }
            if attempt > 1 { try? await Task.sleep(for: .seconds(attempt)) }
            let deletes = TaskBag()
            let pacer = LoadPacer(clock: clock, rate: options.rate, calls: deletes)
            await pacer.send(count) { [targets] index, due in
                await withTaskGroup(of: Void.self) { group in
                    for (target, pods) in zip(targets, left) where index < pods.count {
                        group.addTask { await target.gate.pass { await target.delete(pods[index], due: due) } }
                    }
                }
            }
            await deletes.drain()
        }
        for target in targets {
            let names = target.fleet.filter(\.mustBeDeleted).map { "\($0.pod.name) (\($0.pod.uid))" }
            target.notes.withLock { $0.leftBehind = names }
        }
    }
}
