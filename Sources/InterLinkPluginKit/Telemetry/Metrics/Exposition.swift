/// The text of metrics in the format of Prometheus, version 0.0.4.
struct Exposition {
    /// The labels of a series, written once: `{route="status"}`.
    struct Labels {
        /// `route="status"`, without braces.
        let text: String

        init(_ names: [String], _ values: [String]) {
            text = zip(names, values).map { name, value in "\(name)=\"\(Exposition.escaped(value))\"" }
                .joined(separator: ",")
        }

        var inBraces: String { text.isEmpty ? "" : "{\(text)}" }

        func and(_ name: String, _ value: String) -> String {
            "{\(text)\(text.isEmpty ? "" : ",")\(name)=\"\(value)\"}"
        }
    }

    private(set) var text = ""

    mutating func begin(_ name: String, help: String, type: String) {
        let help = help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    mutating func add(_ name: String, _ labels: Labels, _ value: UInt64) {
        text += "\(name)\(labels.inBraces) \(value)\n"
    }

    mutating func add(_ name: String, _ labels: Labels, _ value: Double) {
        text += "\(name)\(labels.inBraces) \(Self.number(value))\n"
    }

    /// Buckets hold what all smaller ones hold too. The count is their last, not read again: values may come in between.
    mutating func add(_ name: String, _ labels: Labels, _ histogram: Histogram) {
        var total: UInt64 = 0
        for (bound, counter) in zip(histogram.bounds + [.infinity], histogram.counts) {
            total += counter.value
            text += "\(name)_bucket\(labels.and("le", Self.number(bound))) \(total)\n"
        }
        text += "\(name)_sum\(labels.inBraces) \(Self.number(histogram.sum))\n"
        text += "\(name)_count\(labels.inBraces) \(total)\n"
    }

    static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: "_")
        }
    }

    private static func escaped(_ value: String) -> String {
        guard value.utf8.contains(where: { "\\\"\n".utf8.contains($0) }) else { return value }
        return value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int64(exactly: value) { return "\(whole)" }
        return "\(value)"
    }
}
