import CSQLite
import Glibc

/// One connection to SQLite. It lives on the store's thread and is used by nothing else.
///
/// Statements are `StaticString`: a statement with a value spliced into it does not compile.
package final class Database {
    private let connection: OpaquePointer
    private var prepared: [UnsafePointer<UInt8>: OpaquePointer] = [:]
    private var lock: StoreLock?
    let path: String

    init(path: String) throws(StoreError) {
        self.path = path
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw .cannotOpen(path: path, why: String(cString: sqlite3_errstr(code)))
        }
        connection = opened
        sqlite3_extended_result_codes(connection, 1)
    }

    deinit {
        for statement in prepared.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(connection)
    }

    /// While set, closing does not move the write-ahead log into the file: a file that is refused stays as it is.
    func keepsLogOnClose(_ keep: Bool) {
        _ = il_sqlite_keep_log(connection, keep ? 1 : 0)
    }

    /// Keeps the lock until after the connection is closed.
    func holds(_ lock: StoreLock) { self.lock = lock }

    /// True outside of a transaction. SQLite ends one by itself on some errors, a full disk among them.
    var isOutsideTransaction: Bool { sqlite3_get_autocommit(connection) != 0 }

    /// Runs a statement that gives no rows of interest.
    func run(_ sql: StaticString, _ values: SQLValue...) throws(StoreError) {
        let statement = try bound(sql, values)
        defer { sqlite3_reset(statement) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: continue
            case SQLITE_DONE: return
            case let code: throw failure(code)
            }
        }
    }

    /// Runs a query, with each row in turn.
    func each(
        _ sql: StaticString, _ values: SQLValue..., body: (SQLRow) throws(StoreError) -> Void
    ) throws(StoreError) {
        let statement = try bound(sql, values)
        defer { sqlite3_reset(statement) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: try body(SQLRow(statement: statement, path: path))
            case SQLITE_DONE: return
            case let code: throw failure(code)
            }
        }
    }

    /// The first column of the first row as a number, if there is one.
    func number(_ sql: StaticString, _ values: SQLValue...) throws(StoreError) -> Int64? {
        let statement = try bound(sql, values)
        defer { sqlite3_reset(statement) }
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return sqlite3_column_int64(statement, 0)
        case SQLITE_DONE: return nil
        case let code: throw failure(code)
        }
    }

    private func bound(_ sql: StaticString, _ values: [SQLValue]) throws(StoreError) -> OpaquePointer {
        let statement = try statement(for: sql)
        for (index, value) in values.enumerated() {
            let position = Int32(index + 1)
            let code =
                switch value {
                case .null: sqlite3_bind_null(statement, position)
                case .integer(let number): sqlite3_bind_int64(statement, position, number)
                case .text(let text):
                    sqlite3_bind_text(statement, position, text, Int32(text.utf8.count), il_sqlite_copy())
                case .blob(let bytes):
                    bytes.isEmpty
                        ? sqlite3_bind_zeroblob(statement, position, 0)
                        : sqlite3_bind_blob(statement, position, bytes, Int32(bytes.count), il_sqlite_copy())
                }
            guard code == SQLITE_OK else { throw failure(code) }
        }
        return statement
    }

    private func statement(for sql: StaticString) throws(StoreError) -> OpaquePointer {
        if let known = prepared[sql.utf8Start] { return known }
        var made: OpaquePointer?
        let code = sql.withUTF8Buffer { text in
            text.withMemoryRebound(to: CChar.self) { characters in
                sqlite3_prepare_v3(
                    connection, characters.baseAddress, Int32(characters.count), UInt32(SQLITE_PREPARE_PERSISTENT),
                    &made, nil)
            }
        }
        guard code == SQLITE_OK, let made else { throw failure(code) }
        prepared[sql.utf8Start] = made
        return made
    }

    private func failure(_ code: Int32) -> StoreError {
        let text = String(cString: sqlite3_errmsg(connection))
        return switch code & 0xFF {
        case SQLITE_FULL: .full(path: path)
        case SQLITE_CORRUPT: .damaged(path: path, why: text)
        case SQLITE_NOTADB: .foreign(path: path, why: text)
        case SQLITE_IOERR where sqlite3_system_errno(connection) == ENOSPC: .full(path: path)
        case SQLITE_IOERR where sqlite3_system_errno(connection) == EDQUOT: .full(path: path)
        default: .failed(path: path, why: "\(text) (SQLite code \(code))")
        }
    }
}
