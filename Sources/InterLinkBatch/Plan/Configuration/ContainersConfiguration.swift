public import InterLinkPluginKit

/// What containers may be and do.
///
/// ```yaml
/// containers:
///   users: [1000-59999]
///   ignore: [capabilities, httpsProbes]
/// ```
public struct ContainersConfiguration: ConfigurationSection, Hashable {
    /// What pods may ask for in vain: it is left out, and told. All else that cannot be given is refused.
    public var ignore: [IgnorableFeature] = []
    /// User ids that containers may run as, where the runtime can map them: `1000`, `2000-2999`. Empty: none.
    public var users: [String] = []
    /// Group ids that containers may have. Empty: none.
    public var groups: [String] = []
    /// Whether `$(NAME)` in the values of variables is replaced here.
    public var expandValues = ValueExpansion.automatic

    /// Containers run as the job's user, and have what every batch job has.
    public init() {}

    /// Ranges that are none.
    public func validate() -> [ConfigurationProblem] {
        [("users", users), ("groups", groups)].flatMap { key, ranges in
            var rule = NumericIDRule()
            rule.allow = ranges
            return rule.validate().map { problem in
                ConfigurationProblem(
                    key + problem.key.dropFirst("allow".count), problem.fault, advice: problem.advice)
            }
        }
    }

    static func allows(_ id: Int64, _ ranges: [String]) -> Bool {
        var rule = NumericIDRule()
        rule.allow = ranges
        return rule.ranges?.contains { $0.contains(id) } ?? false
    }
}

/// Who replaces `$(NAME)` in the values of variables.
///
/// A Virtual Kubelet does it before it sends a pod, unless it runs with `SkipDownwardAPIResolution: true`. To do it twice
/// would spoil values with a `$$`, and what secrets hold.
public enum ValueExpansion: String, Decodable, Sendable, CaseIterable {
    /// Here, when the pod shows that nobody has done it: it still has a `valueFrom` or an `envFrom`, or no Virtual Kubelet
    /// has given it a status.
    case automatic
    /// Here. For Virtual Kubelets with `SkipDownwardAPIResolution: true`.
    case always
    /// The Virtual Kubelet.
    case never
}
