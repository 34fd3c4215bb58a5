/// A small durable store of a plugin's own: offsets in an event log, sessions, tokens.
///
/// Every write is on the disk when it returns. Keys live in a namespace, so that two parts of a plugin do not meet.
public struct KeyValueStore: Sendable {
    private let store: Store
    private let drawer: Drawer
    private let namespace: String

    init(store: Store, drawer: Drawer, namespace: String) {
        self.store = store
        self.drawer = drawer
        self.namespace = namespace
    }

    /// The value of a key, or nil.
    public func value(of key: String) async throws(StoreError) -> [UInt8]? {
        try await store.read { [drawer, namespace] database throws(StoreError) in
            try drawer.value(of: key, in: namespace, database)
        }
    }

    /// Sets a key, over what it had.
    public func set(_ value: [UInt8], for key: String) async throws(StoreError) {
        try await store.perform { [drawer, namespace] database throws(StoreError) in
            try drawer.set(value, for: key, in: namespace, database)
        }
    }

    /// Removes a key, if it is there.
    public func remove(_ key: String) async throws(StoreError) {
        try await store.perform { [drawer, namespace] database throws(StoreError) in
            try drawer.remove(key, in: namespace, database)
        }
    }

    /// All keys of the namespace, in order.
    public func keys() async throws(StoreError) -> [String] {
        try await store.read { [drawer, namespace] database throws(StoreError) in
            try drawer.keys(in: namespace, database)
        }
    }
}

/// The two tables of keys and values: secrets are kept apart, in pages that hold nothing else.
enum Drawer: CaseIterable, Sendable {
    case plain
    case credentials

    func create(in database: Database) throws(StoreError) {
        switch self {
        case .plain:
            try database.run(
                """
                CREATE TABLE plain (
                    namespace TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (namespace, key))
                """)
        case .credentials:
            try database.run(
                """
                CREATE TABLE credentials (
                    namespace TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (namespace, key))
                """)
        }
    }

    func value(of key: String, in namespace: String, _ database: Database) throws(StoreError) -> [UInt8]? {
        let sql: StaticString =
            switch self {
            case .plain: "SELECT value FROM plain WHERE namespace = ? AND key = ?"
            case .credentials: "SELECT value FROM credentials WHERE namespace = ? AND key = ?"
            }
        var found: [UInt8]?
        try database.each(sql, .text(namespace), .text(key)) { row in found = row.blob(0) }
        return found
    }

    func set(_ value: [UInt8], for key: String, in namespace: String, _ database: Database) throws(StoreError) {
        let sql: StaticString =
            switch self {
            case .plain: "INSERT OR REPLACE INTO plain VALUES (?, ?, ?)"
            case .credentials: "INSERT OR REPLACE INTO credentials VALUES (?, ?, ?)"
            }
        try database.run(sql, .text(namespace), .text(key), .blob(value))
    }

    func remove(_ key: String, in namespace: String, _ database: Database) throws(StoreError) {
        let sql: StaticString =
            switch self {
            case .plain: "DELETE FROM plain WHERE namespace = ? AND key = ?"
            case .credentials: "DELETE FROM credentials WHERE namespace = ? AND key = ?"
            }
        try database.run(sql, .text(namespace), .text(key))
    }

    func keys(in namespace: String, _ database: Database) throws(StoreError) -> [String] {
        let sql: StaticString =
            switch self {
            case .plain: "SELECT key FROM plain WHERE namespace = ? ORDER BY key"
            case .credentials: "SELECT key FROM credentials WHERE namespace = ? ORDER BY key"
            }
        var found: [String] = []
        try database.each(sql, .text(namespace)) { row throws(StoreError) in found.append(try row.text(0)) }
        return found
    }
}
