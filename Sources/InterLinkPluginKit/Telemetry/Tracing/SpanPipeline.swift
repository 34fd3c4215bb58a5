import InterLinkSystem

/// Collects finished spans and exports them in batches, in the background.
final class SpanPipeline: Sendable {
    private struct State {
        var waiting: [FinishedSpan] = []
        var dropped = 0
        var worker: Task<Void, Never>?
    }

    private static let batch = 512
    private let exporter: any SpanExporter
    private let resource: [(name: String, value: String)]
    private let logger: Logger
    private let limit: Int
    private let interval: Duration
    private let state = Lock(State())

    init(
        exporter: any SpanExporter, resource: [(name: String, value: String)], logger: Logger, limit: Int = 4096,
        interval: Duration = .seconds(1)
    ) {
        self.exporter = exporter
        self.resource = resource
        self.logger = logger
        self.limit = limit
        self.interval = interval
    }

    var droppedSpans: Int { state.withLock { $0.dropped } }

    func add(_ span: FinishedSpan) {
        state.withLock { state in
            if state.waiting.count < limit { state.waiting.append(span) } else { state.dropped += 1 }
        }
    }

    func start() {
        let worker = Task { await work() }
        state.withLock { $0.worker = worker }
    }

    /// Exports what is there, then stops. A collector that does not answer is left alone after `limit`.
    func shutDown(within limit: Duration) async {
        let worker = state.withLock { state in
            defer { state.worker = nil }
            return state.worker
        }
        guard let worker else { return }
        worker.cancel()
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let last = Task {
            await worker.value
            _ = await exportWaiting()
            end.finish()
        }
        let clock = Task {
            try? await Task.sleep(for: limit)
            end.finish()
        }
        for await _ in ended {}
        last.cancel()
        clock.cancel()
    }

    private func work() async {
        var pause = interval
        var isTroubled = false
        while !Task.isCancelled {
            try? await Task.sleep(for: pause)
            let trouble = Task.isCancelled ? nil : await exportWaiting()
            if let trouble, !isTroubled { logger.warning("traces cannot be exported", ["error": "\(trouble)"]) }
            if trouble == nil, isTroubled { logger.notice("traces are exported again") }
            isTroubled = trouble != nil
            // A collector that is away is not asked every second.
            pause = isTroubled ? min(pause * 2, interval * 60) : interval
        }
    }

    /// Exports batch after batch until nothing waits or one fails.
    private func exportWaiting() async -> (any Error)? {
        while true {
            let spans = state.withLock { state in
                let spans = Array(state.waiting.prefix(Self.batch))
                state.waiting.removeFirst(spans.count)
                return spans
            }
            if spans.isEmpty { return nil }
            do {
                try await exporter.export(OTLPRequest.json(spans, resource: resource))
            } catch {
                let mayRetry = (error as? SpanExportError)?.mayRetry ?? true
                putBack(mayRetry ? spans : [], of: spans.count)
                return error
            }
        }
    }

    /// Puts back what may be sent again, as far as there is room, and counts the rest as lost.
    private func putBack(_ spans: [FinishedSpan], of count: Int) {
        state.withLock { state in
            let kept = spans.suffix(max(0, limit - state.waiting.count))
            state.waiting.insert(contentsOf: kept, at: 0)
            state.dropped += count - kept.count
        }
    }
}
