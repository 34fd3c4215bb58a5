import CSQLite

/// One row of a query, while it is looked at. A column that should have a value and has none is damage.
struct SQLRow {
    let statement: OpaquePointer
    let path: String

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    func bool(_ column: Int32) -> Bool { integer(column) != 0 }

    func moment(_ column: Int32) -> Moment { Moment(nanoseconds: integer(column)) }

    func text(_ column: Int32) throws(StoreError) -> String {
        guard let text = optionalText(column) else {
            throw .damaged(
                path: path, why: "column \(String(cString: sqlite3_column_name(statement, column))) is empty")
        }
        return text
    }

    func optionalText(_ column: Int32) -> String? {
        sqlite3_column_text(statement, column).map { String(cString: $0) }
    }

    func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    func optionalMoment(_ column: Int32) -> Moment? { isNull(column) ? nil : moment(column) }

    func blob(_ column: Int32) -> [UInt8] {
        guard let bytes = sqlite3_column_blob(statement, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, column))))
    }

    private func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
}
