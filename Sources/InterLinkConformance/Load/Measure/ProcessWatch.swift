import InterLinkHTTPClient
import InterLinkSystem

/// Looks once a second what the process of a plugin uses, if it is a process of this machine.
final class ProcessWatch: Sendable {
    /// What was seen.
    struct Record: Sendable {
        let process: Int32
        var first: ProcessUse
        var last: ProcessUse
        var highest = 0
        var timeline = Timeline<UseSpan>()
        /// The process ended meanwhile; what another one used after it is not in the record.
        var hasEnded = false
    }

    private let endpoint: InterLinkEndpoint
    private let clock: LoadClock
    private let pool = BlockingPool(name: "process-watch", threads: 1)
    private let state = Lock<Record?>(nil)

    init(_ endpoint: InterLinkEndpoint, clock: LoadClock) {
        self.endpoint = endpoint
        self.clock = clock
    }

    var record: Record? { state.withLock { $0 } }

    /// Looks until the task is cancelled.
    func run() async {
        let endpoint = endpoint
        guard let process = try? await pool.run({ PeerProcess(at: endpoint) }) else { return }
        while !Task.isCancelled {
            guard let use = try? await pool.run({ process.use() }) else {
                state.withLock { $0?.hasEnded = true }
                return
            }
            note(use, of: process)
            try? await Task.sleep(for: .seconds(1))
        }
    }

    private func note(_ use: ProcessUse, of process: PeerProcess) {
        let now = clock.now
        state.withLock { state in
            var record = state ?? Record(process: process.id, first: use, last: use)
            let spent = use.processorTime - record.last.processorTime
            record.last = use
            record.highest = max(record.highest, use.memory)
            record.timeline.change(at: now) { $0.add(UseSpan(memory: use.memory, processorTime: spent)) }
            state = record
        }
    }
}
