import KubernetesModel

/// As whom a pod runs at the site, as its owner's namespace, labels and annotations say. What is nil is left to the
/// plugin.
public struct OwnerIdentity: Hashable, Sendable {
    /// The account or project that is charged.
    public var account: String?
    /// The quality of service.
    public var qos: String?
    /// The user that the job runs as.
    public var user: String?
    /// The partition, queue or namespace.
    public var partition: String?
    /// The name of a credential.
    public var credential: String?
    /// A remark that the backend keeps with the job.
    public var comment: String?

    /// An identity from its parts.
    public init(
        account: String? = nil, qos: String? = nil, user: String? = nil, partition: String? = nil,
        credential: String? = nil, comment: String? = nil
    ) {
        self.account = account
        self.qos = qos
        self.user = user
        self.partition = partition
        self.credential = credential
        self.comment = comment
    }

    /// The placement that a plugin chose, with what the site says about the owner in the place of it. Quality of service
    /// and comment are no part of a placement.
    package func applied(to placement: Placement) -> Placement {
        Placement(
            site: placement.site, account: account ?? placement.account, user: user ?? placement.user,
            credential: credential ?? placement.credential, partition: partition ?? placement.partition)
    }
}

/// Finds the identity of a pod's owner.
struct IdentityMapping: Sendable {
    let rules: [IdentityRule]
    let isRequired: Bool

    init(_ configuration: PolicyConfiguration) {
        rules = configuration.identities
        isRequired = configuration.requireIdentity
    }

    func identity(of pod: Pod) throws(PolicyRefusal) -> OwnerIdentity? {
        for rule in rules where fits(rule, pod.metadata) {
            if let identity = try identity(of: pod, by: rule) { return identity }
        }
        guard isRequired else { return nil }
        throw PolicyRefusal(
            .identities, "the owner (namespace \((pod.metadata.namespace ?? "").debugDescription))",
            found: "is not known to the site", allowed: "the owners of policy.identities")
    }

    private func fits(_ rule: IdentityRule, _ metadata: ObjectMeta) -> Bool {
        let namespace = metadata.namespace ?? ""
        guard rule.namespaces.isEmpty || rule.namespaces.contains(where: { NamePattern($0).matches(namespace) }) else {
            return false
        }
        return fits(rule.labels, metadata.labels) && fits(rule.annotations, metadata.annotations)
    }

    private func fits(_ wanted: [String: String], _ given: [String: String]?) -> Bool {
        wanted.allSatisfy { name, pattern in
            given?[name].map { NamePattern(pattern).matches($0) } ?? false
        }
    }

    /// Nil where the pod lacks what the rule takes from it.
    private func identity(of pod: Pod, by rule: IdentityRule) throws(PolicyRefusal) -> OwnerIdentity? {
        var identity = OwnerIdentity()
        let parts: [(String, String?, WritableKeyPath<OwnerIdentity, String?>)] = [
            ("account", rule.account, \.account), ("qos", rule.qos, \.qos), ("user", rule.user, \.user),
            ("partition", rule.partition, \.partition), ("credential", rule.credential, \.credential),
            ("comment", rule.comment, \.comment),
        ]
        for (name, template, part) in parts {
            guard let template else { continue }
            guard let value = Self.fill(template, from: pod) else { return nil }
            // It becomes an argument or a part of a path.
            guard Self.isSafe(value) else {
                throw PolicyRefusal(
                    .identities, "the \(name) of the owner", found: "is \(value.debugDescription)",
                    allowed: "1 to 64 letters, digits and any of . _ - @ + after the first")
            }
            identity[keyPath: part] = value
        }
        return identity
    }

    /// Puts what the pod says in place of `${…}`.
    private static func fill(_ template: String, from pod: Pod) -> String? {
        var result = ""
        var rest = template[...]
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            guard let value = value(of: rest[start.upperBound..<end], pod) else { return nil }
            result += rest[..<start.lowerBound]
            result += value
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func value(of name: Substring, _ pod: Pod) -> String? {
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        return switch (parts.first, parts.count) {
        case ("namespace", 1): pod.metadata.namespace
        case ("serviceAccount", 1): pod.spec.serviceAccountName
        case ("label", 2): pod.metadata.labels?[parts[1]]
        case ("annotation", 2): pod.metadata.annotations?[parts[1]]
        default: nil
        }
    }

    private static func isSafe(_ value: String) -> Bool {
        func isWord(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard let first = value.utf8.first, value.utf8.count <= 64, isWord(first) else { return false }
        return value.utf8.allSatisfy { isWord($0) || ".-@+".utf8.contains($0) }
    }
}
