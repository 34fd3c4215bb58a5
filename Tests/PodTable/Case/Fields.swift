import LosslessJSON

/// The members of an object, each taken once. One that nobody takes is an error: an expectation with a slip of the pen
/// would otherwise expect nothing.
struct Fields {
    let place: String
    private var members: [String: JSONValue]

    init(_ value: JSONValue, _ place: String) throws(CaseError) {
        guard let members = value.object else { throw CaseError("\(place) is not a mapping") }
        self.members = members
        self.place = place
    }

    mutating func take(_ name: String) -> JSONValue? { members.removeValue(forKey: name) }

    mutating func string(_ name: String) throws(CaseError) -> String? {
        guard let value = take(name) else { return nil }
        guard let text = value.string else { throw CaseError("\(place).\(name) is not a text") }
        return text
    }

    mutating func number(_ name: String) throws(CaseError) -> Int64? {
        guard let value = take(name) else { return nil }
        guard case .number(let text) = value, let number = Int64(text) else {
            throw CaseError("\(place).\(name) is not a whole number")
        }
        return number
    }

    mutating func list(_ name: String) throws(CaseError) -> [JSONValue] {
        guard let value = take(name) else { return [] }
        guard let items = value.array else { throw CaseError("\(place).\(name) is not a list") }
        return items
    }

    mutating func strings(_ name: String) throws(CaseError) -> [String] {
        try list(name).map { (item) throws(CaseError) in
            guard let text = item.string else { throw CaseError("\(place).\(name) has something that is not a text") }
            return text
        }
    }

    /// A range as `3` (exactly), `[3, 5]`, or `[3, null]` (three or more).
    mutating func range(_ name: String) throws(CaseError) -> ClosedRange<Int64>? {
        guard let value = take(name) else { return nil }
        let bounds = value.array ?? [value, value]
        guard bounds.count == 2, case .number(let low) = bounds[0], let lower = Int64(low) else {
            throw CaseError("\(place).\(name) is not a number or [from, to]")
        }
        guard case .number(let high) = bounds[1], let upper = Int64(high), upper >= lower else {
            guard bounds[1] == .null else { throw CaseError("\(place).\(name) is not a number or [from, to]") }
            return lower...Int64.max
        }
        return lower...upper
    }

    func end() throws(CaseError) {
        guard members.isEmpty else {
            throw CaseError("\(place) has members that mean nothing: \(members.keys.sorted().joined(separator: ", "))")
        }
    }
}

/// What is wrong with the file of a case.
struct CaseError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
