import InterLinkSystem

/// The thread that owns the connection, and commits in groups.
///
/// Everything that waits when the thread comes round goes into one transaction
/// and is answered after the one commit: a hundred creates at once cost one fsync, not a hundred.
final class StoreThread: Sendable {
    /// A piece of work, and who waits for it. It may run twice: alone, after the group it was in failed.
    struct Job: Sendable {
        /// Reads stand in the same queue, so that they see what was written before, and are not counted.
        let isWrite: Bool
        /// Does the work and gives what tells the waiter of success, which is called after the commit.
        let work: @Sendable (Database) throws(StoreError) -> @Sendable () -> Void
        let fail: @Sendable (StoreError) -> Void
    }

    private let mailbox = Mailbox<Job>()

    /// Starts the thread; `open` runs on it first, and `ready` hears how that went. `committed` hears of every group with writes.
    init(
        path: String,
        committed: @escaping @Sendable (_ writes: Int, _ took: Duration) -> Void = { _, _ in },
        open: @escaping @Sendable () throws(StoreError) -> Database,
        ready: @escaping @Sendable (StoreError?) -> Void,
        ended: @escaping @Sendable () -> Void
    ) {
        let mailbox = mailbox
        do throws(SystemError) {
            try startThread(named: "records") {
                do throws(StoreError) {
                    let database = try open()
                    ready(nil)
                    while let jobs = mailbox.takeAll() {
                        let start = ContinuousClock.now
                        commit(jobs, to: database)
                        let writes = jobs.count(where: \.isWrite)
                        if writes > 0 { committed(writes, ContinuousClock.now - start) }
                    }
                } catch {
                    mailbox.close()
                    ready(error)
                }
                // The connection is closed by now: what comes after may open the file again.
                ended()
            }
        } catch {
            mailbox.close()
            ready(.cannotOpen(path: path, why: "\(error)"))
            ended()
        }
    }

    func submit(_ job: Job) {
        if !mailbox.put(job) { job.fail(.closed) }
    }

    /// What was submitted before is still done.
    func close() { mailbox.close() }
}

/// One transaction for all; when that fails, one for each, so that one write too many does not undo its neighbours.
private func commit(_ jobs: [StoreThread.Job], to database: Database) {
    if jobs.count > 1, let done = try? together(jobs, in: database) {
        for tell in done { tell() }
        return
    }
    for job in jobs {
        do throws(StoreError) {
            let tell = try transaction(in: database) { () throws(StoreError) in try job.work(database) }
            tell()
        } catch {
            job.fail(error)
        }
    }
}

private func together(_ jobs: [StoreThread.Job], in database: Database) throws(StoreError) -> [@Sendable () -> Void] {
    try transaction(in: database) { () throws(StoreError) in
        var done: [@Sendable () -> Void] = []
        for job in jobs { done.append(try job.work(database)) }
        return done
    }
}

private func transaction<Result>(
    in database: Database, _ body: () throws(StoreError) -> Result
) throws(StoreError) -> Result {
    try database.run("BEGIN IMMEDIATE")
    do throws(StoreError) {
        let result = try body()
        try database.run("COMMIT")
        return result
    } catch {
        if !database.isOutsideTransaction { _ = try? database.run("ROLLBACK") }
        throw error
    }
}
