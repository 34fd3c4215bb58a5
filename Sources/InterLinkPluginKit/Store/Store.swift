import InterLinkSystem

/// What the host has written down, and the only way to it.
///
/// SQLite on a thread of its own. Durability: write-ahead log with `synchronous=FULL`, so that a commit is an fsync of
/// the log; an awaited write survives the loss of power. Blocking calls never run on the cooperative pool.
package final class Store: Sendable {
    package let path: String
    /// Made with the file; part of every job's mark.
    package let instance: String
    private let thread: StoreThread
    private let closed: Eventual<Void>

    private init(path: String, instance: String, thread: StoreThread, closed: Eventual<Void>) {
        self.path = path
        self.instance = instance
        self.thread = thread
        self.closed = closed
    }

    /// Opens the records, or makes them.
    ///
    /// A network filesystem is allowed for a site that knows that its own keeps locks and fsync. `committed` is called
    /// on the store's thread, after each group of writes: how many they were, and how long it took.
    package static func open(
        at path: String, allowsNetworkFilesystem: Bool = false,
        committed: @escaping @Sendable (_ writes: Int, _ took: Duration) -> Void = { _, _ in }
    ) async throws(StoreError) -> Store {
        let closed = Eventual<Void>()
        let ready = Eventual<StoreError?>()
        let thread = StoreThread(
            path: path,
            committed: committed,
            open: { () throws(StoreError) in
                try openDatabase(path, allowsNetworkFilesystem: allowsNetworkFilesystem)
            },
            ready: { ready.resolve($0) },
            ended: { closed.resolve(()) })
        if let error = await ready.value() {
            await closed.value()
            throw error
        }
        let instance = try await perform(on: thread, isWrite: false) { database throws(StoreError) in
            var instance: String?
            try database.each("SELECT instance FROM store") { row throws(StoreError) in instance = try row.text(0) }
            guard let instance else { throw .damaged(path: path, why: "it has no instance id") }
            return instance
        }
        return Store(path: path, instance: instance, thread: thread, closed: closed)
    }

    /// Finishes what was asked for, and gives the records up.
    package func close() async {
        thread.close()
        await closed.value()
    }

    /// Runs `work` on the store's thread, in a transaction that others may share; returns when it is durable.
    ///
    /// `work` may run twice, so it changes nothing but the database.
    package func perform<Result: Sendable>(
        _ work: @escaping @Sendable (Database) throws(StoreError) -> Result
    ) async throws(StoreError) -> Result {
        try await Self.perform(on: thread, isWrite: true, work)
    }

    /// The same for work that changes nothing.
    package func read<Result: Sendable>(
        _ work: @escaping @Sendable (Database) throws(StoreError) -> Result
    ) async throws(StoreError) -> Result {
        try await Self.perform(on: thread, isWrite: false, work)
    }

    private static func perform<Success: Sendable>(
        on thread: StoreThread, isWrite: Bool, _ work: @escaping @Sendable (Database) throws(StoreError) -> Success
    ) async throws(StoreError) -> Success {
        let result: Result<Success, StoreError> = await withCheckedContinuation { continuation in
            thread.submit(
                StoreThread.Job(
                    isWrite: isWrite,
                    work: { database throws(StoreError) in
                        let value = try work(database)
                        return { continuation.resume(returning: .success(value)) }
                    },
                    fail: { continuation.resume(returning: .failure($0)) }))
        }
        return try result.get()
    }

    /// The plugin's own keys and values.
    package func values(namespace: String) -> KeyValueStore {
        KeyValueStore(store: self, drawer: .plain, namespace: namespace)
    }

    /// The same for what nobody may read.
    package func credentials(namespace: String) -> KeyValueStore {
        KeyValueStore(store: self, drawer: .credentials, namespace: namespace)
    }
}

private func openDatabase(_ path: String, allowsNetworkFilesystem: Bool) throws(StoreError) -> Database {
    if !allowsNetworkFilesystem { try StoreFile.refuseNetworkFilesystem(of: path) }
    let lock = try StoreLock(besides: path)
    if StoreFile.exists(path) { try StoreFile.inspect(path) } else { try StoreFile.make(path) }
    let database = try Database(path: path)
    database.holds(lock)
    // Until everything is found in order nothing is written, not even by closing.
    database.keepsLogOnClose(true)
    do throws(StoreError) {
        // With one owner the index of the log lives in memory, and no file is shared.
        try database.run("PRAGMA locking_mode = EXCLUSIVE")
        let version = Int(try database.number("PRAGMA user_version") ?? 0)
        guard version <= Schema.version else { throw .newer(path: path, schema: version, known: Schema.version) }
        try check(database)
        database.keepsLogOnClose(false)
        try Schema.migrate(database, from: version)
    } catch .foreign(let path, let why) {
        // The header said that it is ours.
        throw .damaged(path: path, why: why)
    }
    try database.run("PRAGMA journal_mode = WAL")
    try database.run("PRAGMA synchronous = FULL")
    // What is deleted is overwritten with zeros, and the log is cut short after it was emptied: secrets do not stay.
    try database.run("PRAGMA secure_delete = ON")
    try database.run("PRAGMA journal_size_limit = 0")
    // A megabyte of log at most: what was erased is in it until then.
    try database.run("PRAGMA wal_autocheckpoint = 250")
    try database.run("PRAGMA cache_size = -1024")
    return database
}

/// A check of all pages but those of the spool, which may be large; its pages are checked as they are read.
private func check(_ database: Database) throws(StoreError) {
    let path = database.path
    func verdict(_ row: SQLRow) throws(StoreError) {
        let text = try row.text(0)
        if text != "ok" { throw .damaged(path: path, why: text) }
    }
    try database.each("PRAGMA quick_check(store)", body: verdict)
    try database.each("PRAGMA quick_check(placements)", body: verdict)
    try database.each("PRAGMA quick_check(pods)", body: verdict)
    try database.each("PRAGMA quick_check(containers)", body: verdict)
    try database.each("PRAGMA quick_check(states)", body: verdict)
    try database.each("PRAGMA quick_check(tombstones)", body: verdict)
}
