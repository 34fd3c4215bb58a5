/// Runs the rows of the table, some at a time.
struct TableRun {
    struct Result: Sendable {
        let row: PodCase
        let problems: [String]
        let seconds: Double
    }

    let rows: [PodCase]
    let target: TableTarget
    let atOnce: Int

    /// The results as they come.
    func results() -> AsyncStream<Result> {
        AsyncStream { continuation in
            let task = Task {
                await withTaskGroup(of: Result.self) { group in
                    var waiting = rows.makeIterator()
                    for _ in 0..<atOnce { start(waiting.next(), in: &group) }
                    while let result = await group.next() {
                        continuation.yield(result)
                        start(waiting.next(), in: &group)
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private func start(_ row: PodCase?, in group: inout TaskGroup<Result>) {
        guard let row else { return }
        group.addTask {
            let start = ContinuousClock.now
            let problems = await CaseRun(row, target).problems()
            return Result(row: row, problems: problems, seconds: (ContinuousClock.now - start) / .seconds(1))
        }
    }
}
