public import KubernetesModel

/// What a site admits. Every rule is off until it is written; each can be used alone.
///
/// ```yaml
/// policy:
///   images: { allow: [ghcr.io/cms/, docker.io/library/, /cvmfs/unpacked.cern.ch/] }
///   namespaces: { allow: [cms-*], deny: [cms-test] }
///   annotations: { deny: [slurm-job.vk.io/*], allow: [slurm-job.vk.io/flavor] }
///   resources: { maximum: { cpu: 64, memory: 256Gi, nvidia.com/gpu: 4 }, required: [memory] }
///   quotas: [{ node: vk-cms, pods: 200, maximum: { cpu: 1000 } }]
///   hostPaths: [/cvmfs, /scratch]
///   privileged: false
///   users: { allow: [1000-59999] }
///   identities: [{ namespaces: [cms-*], account: cms, qos: "${label:qos}" }]
///   hook: { program: /etc/interlink/admit, timeout: 5s }
/// ```
public struct PolicyConfiguration: ConfigurationSection {
    /// Images of containers and of image volumes. A rule is the beginning of a name, to a slash, colon or at-sign, as
    /// in `ghcr.io/cms`; or a pattern with `*`. Short names are written out before: `python` is
    /// `docker.io/library/python`.
    public var images = NameRule()
    /// Namespaces, as patterns.
    public var namespaces = NameRule()
    /// Names of annotations, as patterns. What is denied is refused unless it is allowed; all others pass.
    public var annotations = NameRule()
    /// Sums of a pod's resources.
    public var resources = ResourceRule()
    /// What the pods of a virtual node may use together. The first rule for a node counts.
    public var quotas: [QuotaRule] = []
    /// Folders that hostPath volumes may lie in. Absent: no rule.
    public var hostPaths: [String]?
    /// Whether containers may be privileged.
    public var privileged = true
    /// User ids that containers may run as.
    public var users = NumericIDRule()
    /// Group ids that containers may have.
    public var groups = NumericIDRule()
    /// As whom pods run at the site. The first rule that fits counts.
    public var identities: [IdentityRule] = []
    /// Whether a pod that no rule of `identities` fits is refused.
    public var requireIdentity = false
    /// A program that has the last word.
    public var hook: HookConfiguration?

    /// No rule at all.
    public init() {}
}

/// Names that are allowed and denied. Denied beats allowed, but for annotations; without an allowed one all the others
/// are.
public struct NameRule: ConfigurationSection, Hashable {
    /// What may be used. Empty: whatever is not denied.
    public var allow: [String] = []
    /// What may not be used.
    public var deny: [String] = []

    /// No rule.
    public init() {}
}

/// How much one pod may ask for. For each container the limit counts, or the request where there is no limit.
public struct ResourceRule: ConfigurationSection, Hashable {
    /// The most of each resource that a pod may ask for, summed as Kubernetes does.
    public var maximum: [String: Quantity] = [:]
    /// Resources that every container must ask for.
    public var required: [String] = []

    /// No rule.
    public init() {}
}

/// How much the pods of a virtual node may ask for together.
public struct QuotaRule: ConfigurationSection, Hashable {
    /// The name of the node, as a pattern.
    public var node = "*"
    /// The most pods at a time.
    public var pods: Int?
    /// The most of each resource.
    public var maximum: [String: Quantity] = [:]

    /// No limit.
    public init() {}
}

/// Numbers of users or groups.
public struct NumericIDRule: ConfigurationSection, Hashable {
    /// Ids and ranges: `1000`, `2000-2999`. Absent: no rule.
    public var allow: [String]?
    /// Whether each container must say which.
    public var required = false

    /// No rule.
    public init() {}

    /// The ranges that are allowed.
    package var ranges: [ClosedRange<Int64>]? { allow?.compactMap(Self.range) }

    static func range(_ text: String) -> ClosedRange<Int64>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, 0 <= first, first <= last
        else { return nil }
        return first...last
    }
}

/// As whom some pods run. What the values say may be taken from the pod: `${namespace}`, `${serviceAccount}`,
/// `${label:NAME}`, `${annotation:NAME}`; a rule that needs what a pod does not have does not fit it.
public struct IdentityRule: ConfigurationSection, Hashable {
    /// The namespace must fit one of these patterns. Empty: any.
    public var namespaces: [String] = []
    /// These labels must have values that fit.
    public var labels: [String: String] = [:]
    /// These annotations must have values that fit.
    public var annotations: [String: String] = [:]

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

    /// Fits every pod, and says nothing.
    public init() {}
}

/// A program that gets each create request and says what becomes of it.
public struct HookConfiguration: ConfigurationSection, Hashable {
    /// What becomes of a pod when the program fails.
    public enum FailurePolicy: String, Decodable, Sendable, CaseIterable {
        /// It is refused.
        case refuse
        /// It is admitted as it is.
        case allow
    }

    /// The path of the program. It is started without a shell.
    public var program = ""
    /// Its arguments.
    public var arguments: [String] = []
    /// How long it may take. Interlink gives a create two minutes in all.
    public var timeout: Duration = .seconds(10)
    /// What becomes of a pod when the program fails, takes too long or says nothing useful.
    public var onFailure = FailurePolicy.refuse
    /// Whether it gets the values of secrets and environment variables too.
    public var secrets = false

    /// A hook without a program, to be filled in.
    public init() {}
}
