/// Which checks run, and why the others do not.
struct CheckSelection {
    private(set) var wanted: [ConformanceCheck] = []
    private(set) var skipped: [String: String] = [:]

    init(_ options: ConformanceOptions) throws(ConformanceError) {
        for pattern in options.only + options.skip {
            guard Conformance.checks.contains(where: { IDPattern(pattern).matches($0.id) }) else {
                throw .noCheck(pattern)
            }
        }
        if options.capabilities.contains(.restart), options.restart == nil {
            throw .options("the capability restart needs a command that starts the plugin again")
        }
        for check in Conformance.checks {
            if let why = Self.reasonToSkip(check, options) {
                skipped[check.id] = why
            } else {
                wanted.append(check)
            }
        }
    }

    private static func reasonToSkip(_ check: ConformanceCheck, _ options: ConformanceOptions) -> String? {
        let isMeant = { (patterns: [String]) in patterns.contains { IDPattern($0).matches(check.id) } }
        if !options.only.isEmpty, !isMeant(options.only) { return "not among those that were asked for" }
        if isMeant(options.skip) { return "left out on request" }
        let missing = ([check.capability] + check.needs).filter { !options.tested.contains($0) }
        if let first = missing.first { return "the plugin does not declare \(first)" }
        return nil
    }
}

/// An id with `*` for any text.
struct IDPattern {
    private let pieces: [Substring]

    init(_ text: String) { pieces = text.split(separator: "*", omittingEmptySubsequences: false) }

    func matches(_ id: String) -> Bool {
        guard let first = pieces.first, let last = pieces.last, id.hasPrefix(first) else { return false }
        if pieces.count == 1 { return id == first }
        var rest = id.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let range = rest.firstRange(of: piece) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
