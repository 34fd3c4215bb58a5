import FoundationEssentials

extension ConformanceReport {
    /// The report as JSON, with its members in the order of their names.
    public func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }

    /// A report that was written as JSON.
    public init(json: [UInt8]) throws { self = try JSONDecoder().decode(ConformanceReport.self, from: Data(json)) }
}
