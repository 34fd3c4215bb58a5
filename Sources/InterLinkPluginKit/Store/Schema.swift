/// The tables, and the way from each version of them to the next.
///
/// A version that was released is never changed: a change is a new migration, and a fixture of the old file a test.
enum Schema {
    /// The version that this software writes.
    static let version = 1

    /// Each step sets `user_version` in its own transaction.
    static func migrate(_ database: Database, from version: Int) throws(StoreError) {
        for step in version..<Schema.version {
            try database.run("BEGIN IMMEDIATE")
            do throws(StoreError) {
                switch step {
                case 0: try first(database)
                default: throw .damaged(path: database.path, why: "no way leads on from schema \(step)")
                }
                try database.run("COMMIT")
            } catch {
                if !database.isOutsideTransaction { _ = try? database.run("ROLLBACK") }
                throw error
            }
        }
    }

    private static func first(_ database: Database) throws(StoreError) {
        try database.run("PRAGMA application_id = 0x494C7073")
        try database.run("CREATE TABLE store (instance TEXT NOT NULL)")
        try database.run("INSERT INTO store VALUES (?)", .text(newInstance()))
        try database.run(
            """
            CREATE TABLE placements (
                id INTEGER PRIMARY KEY, site TEXT NOT NULL, account TEXT, user TEXT, credential TEXT, partition TEXT)
            """)
        // stage: 0 intended, 1 started, 2 rejected, 3 waiting (see SubmissionStage).
        try database.run(
            """
            CREATE TABLE pods (
                uid TEXT PRIMARY KEY, namespace TEXT NOT NULL, name TEXT NOT NULL, node TEXT NOT NULL,
                restart_policy TEXT NOT NULL, grace INTEGER NOT NULL, job_id TEXT NOT NULL,
                placement INTEGER NOT NULL REFERENCES placements (id), created_at INTEGER NOT NULL,
                stage INTEGER NOT NULL, handle TEXT, handle_detail TEXT, stage_at INTEGER, reason TEXT,
                claimed INTEGER NOT NULL, delete_at INTEGER, delete_grace INTEGER) WITHOUT ROWID
            """)
        try database.run(
            """
            CREATE TABLE containers (
                uid TEXT NOT NULL, position INTEGER NOT NULL, role INTEGER NOT NULL, name TEXT NOT NULL,
                image TEXT NOT NULL, fingerprint INTEGER NOT NULL, PRIMARY KEY (uid, position)) WITHOUT ROWID
            """)
        // body: the container statuses as JSON.
        try database.run(
            """
            CREATE TABLE states (
                uid TEXT PRIMARY KEY, attempt INTEGER NOT NULL, ended_at INTEGER, body BLOB NOT NULL) WITHOUT ROWID
            """)
        // deleted: 1 when interLink deleted the pod, 0 when we withdrew it and a create may still come.
        try database.run(
            """
            CREATE TABLE tombstones (
                uid TEXT PRIMARY KEY, namespace TEXT NOT NULL, name TEXT NOT NULL,
                placement INTEGER REFERENCES placements (id), at INTEGER NOT NULL, deleted INTEGER NOT NULL)
                WITHOUT ROWID
            """)
        // Requests that were answered and are not submitted yet. They hold secrets, and are erased with the outcome.
        try database.run("CREATE TABLE spool (uid TEXT PRIMARY KEY, body BLOB NOT NULL)")
        for table in Drawer.allCases { try table.create(in: database) }
        try database.run("PRAGMA user_version = 1")
    }

    private static func newInstance() -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        var generator = SystemRandomNumberGenerator()
        return String((0..<8).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] })
    }
}
