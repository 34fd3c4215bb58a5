/// A value that goes into a statement; statements are never put together from values.
enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
}

extension SQLValue {
    static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }

    static func optional(_ number: Int64?) -> SQLValue { number.map(SQLValue.integer) ?? .null }

    static func optional(_ moment: Moment?) -> SQLValue { moment.map { .integer($0.nanoseconds) } ?? .null }

    static func bool(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }

    static func moment(_ moment: Moment) -> SQLValue { .integer(moment.nanoseconds) }
}
