/// Sends calls at a rate, however long they take: a slow plugin does not slow the load down.
struct LoadPacer: Sendable {
    let clock: LoadClock
    let rate: Double
    let calls: TaskBag

    /// Starts `count` calls, each with the moment when it was due. Ends early when the task is cancelled.
    func send(_ count: Int, _ call: @escaping @Sendable (_ index: Int, _ due: Duration) async -> Void) async {
        let start = clock.now
        for index in 0..<count {
            let due = start + .seconds(Double(index) / rate)
            guard (try? await clock.sleep(until: due)) != nil else { return }
            calls.add { await call(index, due) }
        }
    }
}
