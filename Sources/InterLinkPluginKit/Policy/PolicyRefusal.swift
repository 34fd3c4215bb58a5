/// Why a site's policy refuses a pod: which rule, on account of what, and what would pass.
package struct PolicyRefusal: Error, Hashable, CustomStringConvertible {
    /// The rules, by their keys in the configuration.
    package enum Rule: String, Sendable, CaseIterable {
        case images, namespaces, annotations, resources, quotas, hostPaths, privileged, users, groups, identities, hook
    }

    package let rule: Rule
    /// What part of the pod it is about, like `spec.containers[main].image`.
    package let field: String
    /// What was found there.
    package let found: String
    /// What would be allowed.
    package let allowed: String

    package init(_ rule: Rule, _ field: String, found: String, allowed: String) {
        self.rule = rule
        self.field = oneLine(field, atMost: 150)
        self.found = oneLine(found, atMost: 300)
        self.allowed = oneLine(allowed, atMost: 300)
    }

    /// One line, since it is shown in the status of the pod.
    package var description: String {
        "policy.\(rule.rawValue): \(field) \(found); allowed: \(allowed)"
    }
}

/// Everything for which a policy refuses a pod, at once.
package struct PolicyRefusals: Error, Equatable, CustomStringConvertible {
    package let refusals: [PolicyRefusal]

    package init(_ refusals: [PolicyRefusal]) {
        self.refusals = refusals
    }

    package var description: String {
        let shown = refusals.prefix(5).map(\.description).joined(separator: ". ")
        let more = refusals.count > 5 ? ". And \(refusals.count - 5) more" : ""
        return "the policy of the site refuses the pod: \(shown)\(more)"
    }
}
