import InterLinkConformance

/// The text of `conformance --list`.
enum CheckList {
    static var text: String {
        Capability.allCases.map { capability in
            let kind = capability.isRequired ? "always tested" : "tested when declared"
            let checks = Conformance.checks.filter { $0.capability == capability }.map { check in
                let needs =
                    check.needs.isEmpty ? "" : ", needs \(check.needs.map(\.rawValue).joined(separator: " and "))"
                return "  \(check.id)  (contract \(check.contract)\(needs))\n      \(check.reason)"
            }
            return "\(capability): \(capability.summary) (\(kind))\n\n\(checks.joined(separator: "\n"))\n"
        }.joined(separator: "\n")
    }
}
