/// What came of a call of a plugin before its deadline.
enum CallOutcome<Value: Sendable>: Sendable {
    case done(Value)
    case failed(why: String)
    /// It is still running, or should have ended at its cancellation and has not.
    case overdue
}

/// The plugin, with every call under a deadline, counted, timed and in a span.
struct BackendCalls: Sendable {
    let plugin: any InterLinkPlugin
    let clock: any TimeSource
    let tracer: Tracer
    let report: Reporter

    /// Waits for a call until its deadline. Then the call is cancelled, and `late` hears what it still says: a program
    /// that was not quick enough may have submitted its job all the same.
    ///
    /// `parent` is the request that it is made for.
    func call<Value: Sendable>(
        _ kind: BackendCall, within deadline: Duration, for parent: TraceContext? = TraceContext.current,
        late: @escaping @Sendable (CallOutcome<Value>) async -> Void = { _ in },
        _ body: @escaping @Sendable (any InterLinkPlugin) async throws -> Value
    ) async -> CallOutcome<Value> {
        let start = clock.now
        let span = tracer.span("backend \(kind.rawValue)", kind: .client, parent: parent)
        let first = Eventual<CallOutcome<Value>>()
        let work = Task { [plugin] in
            let outcome: CallOutcome<Value>
            do {
                outcome = .done(try await TraceContext.$current.withValue(span.context) { try await body(plugin) })
            } catch {
                outcome = .failed(why: "\(error)")
            }
            if !first.resolve(outcome) { await late(outcome) }
        }
        let timer = Task { [clock] in
            guard (try? await clock.sleep(for: deadline)) != nil else { return }
            if first.resolve(.overdue) { work.cancel() }
        }
        let outcome = await first.value()
        timer.cancel()
        let end: CallEnd
        switch outcome {
        case .done: end = .done
        case .failed(let why):
            end = .failed
            span.fail(why)
        case .overdue:
            end = .overdue
            span.fail("no answer within \(deadline)")
        }
        span.end()
        report(.backendCall(kind, took: clock.now - start, ended: end))
        return outcome
    }

    /// Makes a call whose deadline the caller looks after.
    func observed<Value: Sendable>(
        _ kind: BackendCall, _ body: @Sendable (any InterLinkPlugin) async throws -> Value
    ) async throws -> Value {
        let start = clock.now
        do {
            let value = try await tracer.withSpan("backend \(kind.rawValue)", kind: .client) { _ in
                try await body(plugin)
            }
            report(.backendCall(kind, took: clock.now - start, ended: .done))
            return value
        } catch {
            report(.backendCall(kind, took: clock.now - start, ended: .failed))
            throw error
        }
    }
}
